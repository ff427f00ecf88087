// Cards: a claim as the reader sees it, with its sentence, who says so, when and where.

function textOf(pieces, mark = null) {
  return pieces
    .map((piece) => (typeof piece === "string" ? [piece] : piece))
    .filter(([, ...marks]) => mark === null || marks.includes(mark))
    .map(([text]) => text)
    .join("");
}

/** `handlers`: {entity, claim}, for a click on the name of one and on a claim that contradicts. */
function createCards(data, handlers) {
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
    const voice = nodeOf.has(card.voice.key) ? entityButton(card.voice.key) : named(card.voice.name);
    return ["said by ", voice, ...via];
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

  /** One side of a contradiction, short: what is claimed, who says so, when and where. */
  function side(card, title) {
    const { outlet, published } = page.documents[card.document];
    const when = [card.claimed ?? published, outlet].filter(Boolean).join(" · ");
    return make("li", { class: signOf(card.polarity).name }, title, make("p", {}, "said by ", named(card.voice.name)), make("small", {}, named(when)), make("q", {}, shorten(textOf(card.sentence), 220)));
  }

  function contradictions(card) {
    const others = (card.contradicted_by ?? []).map((id) => cardOf.get(id)).filter(Boolean);
    if (!others.length) return null;
    const open = (other) => make("button", { type: "button", class: "name", onclick: () => handlers.claim(other) }, named(other.label));
    const pairs = others.map((other) => make("ul", { class: "sides" }, side(card, named(card.label)), side(other, open(other))));
    return make("div", { class: "against" }, make("strong", {}, "contradicted by"), pairs);
  }

  /** Who else plays a part, what the sentence does not say itself, who says so, when and how surely. */
  function details(card) {
    const thirds = (card.thirds ?? []).map((third) => make("span", { class: "third" }, `${third.word} `, entityButton(third.id)));
    const implicit = (card.implicit ?? []).map((note) => make("p", { class: "implicit" }, note));
    return [thirds.length ? make("p", { class: "thirds" }, thirds) : null, implicit, facts(card)];
  }

  /** Where the claim stands: the document, and the page of it where there is one. */
  function source(card) {
    const document_ = page.documents[card.document];
    const inside = document_.file && pageLink(document_.file, "in its document", { claim: card.id });
    return make("p", { class: "origin" }, origin(document_), inside && [" · ", inside]);
  }

  function others(card) {
    return [card.corroborated_by ? make("p", { class: "alike" }, `also in ${plural(card.corroborated_by, "other claim")}`) : null, contradictions(card)];
  }

  function heading(card) {
    const { glyph } = signOf(card.polarity);
    return [glyph && make("span", { class: "glyph" }, glyph), " ", named(card.label)];
  }

  function frame(card, ...children) {
    return make("article", { class: `card ${signOf(card.polarity).name} ${card.modality_class}`, "data-claim": card.id }, children);
  }

  function showCard(card) {
    return frame(
      card,
      make("h3", {}, heading(card)),
      make("p", { class: "pair" }, direction(card)),
      (card.context ?? []).map((pieces) => make("p", { class: "context" }, marked(pieces))),
      make("p", { class: "sentence" }, marked(card.sentence)),
      details(card),
      source(card),
      others(card),
    );
  }

  return { entityButton, showCard, frame, heading, direction, details, others };
}
