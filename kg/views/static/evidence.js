// The panel: the claims behind a line or an entity, each with its sentence, who says so, when and where.

const CARDS = 40; // at once; more at a click
const STEP = 4; // sentences of each step of a path, at first

function createEvidence(root, data, handlers) {
  const { page } = data;
  const nodeOf = new Map(data.nodes.map((node) => [node.id, node]));
  const { entityButton, showCard } = createCards(data, handlers);

  function list(cards, atOnce = CARDS) {
    const section = make("div", { class: "cards" });
    let done = 0;
    const more = make("button", { type: "button", class: "wide", onclick: grow });
    function grow() {
      more.remove();
      section.append(...cards.slice(done, done + atOnce).map(showCard));
      done = Math.min(cards.length, done + atOnce);
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

  /** What can be done with an entity: the world as it tells it, a way to another one. */
  function actions(node, said) {
    const input = make("input", {
      id: "end",
      type: "text",
      role: "combobox",
      autocomplete: "off",
      spellcheck: "false",
      placeholder: "Path to …",
      "aria-label": `Path from ${shorten(node.name ?? String(node.id), 60)} to`,
      "aria-expanded": "false",
      "aria-controls": "ends",
      "aria-autocomplete": "list",
    });
    const found = make("ul", { id: "ends", class: "suggestions", role: "listbox", "aria-label": "Found", hidden: true });
    createSearch(input, found, data, (id) => handlers.path(node.id, id));
    const world = make("button", { type: "button", class: "wide", onclick: () => handlers.voice(node.id) }, "The world according to ", named(shorten(node.name ?? "", 60)));
    return make("div", { class: "actions" }, make("div", { class: "search" }, input, found), said.length ? world : null, own(node));
  }

  function own(node) {
    const file = page.files[node.id];
    return file && make("p", {}, pageLink(file, ["A page of its own: around ", named(shorten(node.name, 60))]));
  }

  function ends(edge) {
    const arrows = String(edge.arrows ?? "");
    const arrow = arrows.includes("to") ? (arrows.includes("from") ? " ↔ " : " → ") : arrows.includes("from") ? " ← " : " – ";
    return [entityButton(edge.from), arrow, entityButton(edge.to)];
  }

  return {
    /** `cards`: null for a line that no claim made. */
    line(edge, cards) {
      if (cards === null) {
        root.replaceChildren(make("h2", {}, ends(edge)), make("p", { class: "soft" }, "A line that was added by hand: no claim stands behind it."));
        return;
      }
      const { word, glyph } = signOf(edge.polarity);
      show(ends(edge), [`${word} ${glyph}`.trim(), ` · ${edge.modality_class ?? ""} · `, plural(cards.length, "sentence")], cards);
    },
    entity(node, cards, said) {
      const aliases = (node.aliases ?? []).length
        ? make("p", { class: "aliases" }, "also: ", named(shorten(node.aliases.join(" · "), 600)))
        : "";
      const title = [node.kind ? symbol(node.kind, page.icons[node.kind]) : null, named(node.name ?? node.id)];
      const counts = [plural(cards.length, "claim"), " about it", said.length ? ` · ${said.length} made by it` : ""];
      const all = [...cards, ...said.filter((card) => !cards.includes(card))];
      show(title, [node.kind ?? "", " · ", counts], all, aliases, actions(node, said));
    },
    /** The claims of one actor towards another. */
    pair(from, to, cards) {
      show([entityButton(from), " → ", entityButton(to)], [plural(cards.length, "claim"), " of the one towards the other"], cards);
    },
    /** The claims of one bar of the timeline. */
    bar(title, cards) {
      show([title], [plural(cards.length, "claim")], cards);
    },
    /** `steps`: [{from, to, cards}], null when no way was found. */
    path(from, to, steps) {
      const title = [entityButton(from), " … ", entityButton(to)];
      if (steps === null) {
        const none = "No path: no lines that are shown lead from one to the other.";
        root.replaceChildren(make("h2", {}, title), make("p", { class: "soft" }, none));
        return;
      }
      const sections = steps.map((step, number) =>
        make("section", { class: "step" }, make("h3", {}, `${number + 1}. `, entityButton(step.from), " – ", entityButton(step.to)), list(step.cards, STEP)),
      );
      root.replaceChildren(make("h2", {}, title), make("p", { class: "soft" }, `a path of ${plural(steps.length, "step")}`), key(), ...sections);
      root.scrollTop = 0;
    },
    /** All claims, or those of one voice. */
    overview(cards, voice) {
      if (!page.cards.length) {
        const { documents, entities } = page.totals;
        const read = `No claim was found in ${plural(documents, "document")}; ${plural(entities, "entity", "entities")} named.`;
        root.replaceChildren(make("h2", {}, "Nothing to show"), make("p", { class: "soft" }, read));
        return;
      }
      if (voice === null) show(["Evidence"], ["Click an entity or a line. The strongest first:"], cards);
      else {
        const denied = cards.filter((card) => card.contradicted_by).length;
        const counts = [plural(cards.length, "claim"), denied ? ` · ${denied} contradicted by others` : ""];
        show(["The world according to ", named(voice)], counts, cards);
      }
    },
  };
}
