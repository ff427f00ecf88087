// The panel: the claims behind a line or an entity, each with its sentence, who says so, when and where.

const CARDS = 100;

function createEvidence(root, data, handlers) {
  const { page } = data;
  const cardOf = new Map(page.cards.map((card) => [card.id, card]));
  const nodeOf = new Map(data.nodes.map((node) => [node.id, node]));
  const nameOf = (id) => nodeOf.get(id)?.name ?? id;

  function marked(pieces) {
    return pieces.map((piece) => {
      if (typeof piece === "string") return piece;
      const [text, ...marks] = piece;
      return make("mark", { class: marks.join(" ") }, text);
    });
  }

  function entityButton(id) {
    if (!nodeOf.has(id)) return named(nameOf(id));
    return make("button", { type: "button", class: "name", onclick: () => handlers.entity(id) }, named(nameOf(id)));
  }

  function direction(card) {
    if (card.target === undefined) return [entityButton(card.source)];
    return [entityButton(card.source), card.symmetric ? " – " : " → ", entityButton(card.target)];
  }

  function voiceOf(card) {
    const via = card.via ? [", via ", named(card.via.join(", "))] : [];
    return ["said by ", named(card.voice.name), ...via];
  }

  /** The document's title, as a link where a click is safe: checked once more here, whatever the data says. */
  function origin(document_) {
    const title = named(document_.title);
    let url = null;
    try {
      url = document_.url && new URL(document_.url);
    } catch {
      url = null;
    }
    if (!url || !["http:", "https:"].includes(url.protocol)) return make("cite", {}, title);
    return make("cite", {}, make("a", { href: url.href, target: "_blank", rel: "noopener noreferrer" }, title));
  }

  function facts(card) {
    const { outlet, published } = page.documents[card.document];
    const said = card.claimed ?? published;
    const event = card.event && card.event !== said ? `happened ${card.event}` : null;
    const items = [said, event, outlet && named(outlet), `confidence ${Math.round(card.confidence * 100)} %`];
    return [
      make("p", { class: "voice" }, voiceOf(card)),
      make("ul", { class: "facts" }, items.filter(Boolean).map((item) => make("li", {}, item))),
    ];
  }

  function opposite(id) {
    const other = cardOf.get(id);
    if (!other) return null;
    const text = other.sentence.map((piece) => (typeof piece === "string" ? piece : piece[0])).join("");
    const show = () => handlers.claim(other);
    return make(
      "li",
      {},
      make("button", { type: "button", class: "name", onclick: show }, other.label),
      " – ",
      voiceOf(other),
      make("q", {}, shorten(text, 220)),
    );
  }

  function extras(card) {
    const thirds = (card.thirds ?? []).map((third) => make("span", { class: "third" }, `${third.word} `, entityButton(third.id)));
    const against = (card.contradicted_by ?? []).map(opposite).filter(Boolean);
    return [
      thirds.length ? make("p", { class: "thirds" }, thirds) : null,
      (card.implicit ?? []).map((note) => make("p", { class: "implicit" }, note)),
      facts(card),
      make("p", { class: "origin" }, origin(page.documents[card.document])),
      card.corroborated_by ? make("p", { class: "alike" }, `also in ${plural(card.corroborated_by, "other claim")}`) : null,
      against.length ? make("div", { class: "against" }, make("strong", {}, "contradicted by"), make("ul", {}, against)) : null,
    ];
  }

  function showCard(card) {
    const { name, glyph } = signOf(card.polarity);
    return make(
      "article",
      { class: `card ${name} ${card.modality_class}`, "data-claim": card.id },
      make("h3", {}, glyph && make("span", { class: "glyph" }, glyph), " ", named(card.label)),
      make("p", { class: "pair" }, direction(card)),
      (card.context ?? []).map((pieces) => make("p", { class: "context" }, marked(pieces))),
      make("p", { class: "sentence" }, marked(card.sentence)),
      extras(card),
    );
  }

  function list(cards) {
    const section = make("div", { class: "cards" });
    let done = 0;
    const more = make("button", { type: "button", class: "wide", onclick: grow });
    function grow() {
      more.remove();
      section.append(...cards.slice(done, done + CARDS).map(showCard));
      done = Math.min(cards.length, done + CARDS);
      if (done < cards.length) {
        more.textContent = `Show more (${plural(cards.length - done, "sentence")} left)`;
        section.append(more);
      }
    }
    grow();
    return section;
  }

  function key() {
    const marks = ["source", "target", "cue"].map((name) => make("mark", { class: name }, name));
    return make("p", { class: "key" }, "marked: ", marks.flatMap((mark) => [mark, " "]));
  }

  function show(title, subtitle, cards, ...between) {
    const heading = make("h2", {}, title);
    const none = make("p", { class: "soft" }, "No claim passes the filters.");
    root.replaceChildren(heading, make("p", { class: "soft" }, subtitle), ...between, ...(cards.length ? [key(), list(cards)] : [none]));
    root.scrollTop = 0;
  }

  return {
    line(edge, cards) {
      const { word, glyph } = signOf(edge.polarity);
      const ends = String(edge.arrows ?? "");
      const arrow = ends.includes("to") ? (ends.includes("from") ? " ↔ " : " → ") : ends.includes("from") ? " ← " : " – ";
      const title = [entityButton(edge.from), arrow, entityButton(edge.to)];
      show(title, [`${word} ${glyph}`.trim(), ` · ${edge.modality_class ?? ""} · `, plural(cards.length, "sentence")], cards);
    },
    entity(node, cards, said) {
      const aliases = (node.aliases ?? []).length
        ? make("p", { class: "aliases" }, "also: ", named(shorten(node.aliases.join(" · "), 600)))
        : "";
      const title = [node.kind ? symbol(node.kind, page.icons[node.kind]) : null, named(node.name ?? node.id)];
      const counts = [plural(cards.length, "claim"), " about it", said.length ? ` · ${said.length} made by it` : ""];
      const all = [...cards, ...said.filter((card) => !cards.includes(card))];
      show(title, [node.kind ?? "", " · ", counts], all, aliases);
    },
    overview(cards) {
      if (!page.cards.length) {
        const { documents, entities } = page.totals;
        const read = `No claim was found in ${plural(documents, "document")}; ${plural(entities, "entity", "entities")} named.`;
        root.replaceChildren(make("h2", {}, "Nothing to show"), make("p", { class: "soft" }, read));
        return;
      }
      show(["Evidence"], ["Click an entity or a line. The strongest first:"], cards);
    },
  };
}
