// The legend, which is the filter: each choice with the number of claims that it would show.

/** Calls `changed` after each choice; `refresh` writes the counts, and the choices as `filters` has them. */
function createLegend(root, page, filters, hasAlone, changed) {
  const counters = []; // {facet, key, write}
  const controls = []; // each shows what `filters` says

  function toggle(isOn, set, attributes) {
    const box = make("input", { type: "checkbox", ...attributes, onchange: () => (set(box.checked), changed()) });
    controls.push(() => (box.checked = isOn()));
    return box;
  }

  function choice(facet, key, picture, word, hint) {
    const count = make("output", { class: "number" });
    const isOn = () => !filters[facet].has(key);
    const box = toggle(isOn, (on) => filters[facet][on ? "delete" : "add"](key), { "data-facet": facet, "data-key": key });
    const words = make("span", { class: "words" }, word, hint ? make("small", {}, hint) : null);
    const label = make("label", { class: "choice" }, box, picture, words, count);
    counters.push({
      facet,
      key,
      write(number) {
        count.textContent = NUMBER.format(number);
        label.classList.toggle("none", number === 0);
      },
    });
    return label;
  }

  function group(title, ...children) {
    return make("fieldset", {}, make("legend", {}, title), ...children);
  }

  /** One of many; `entries` are [key, word]. */
  function menu(facet, title, any, entries) {
    const options = [[null, any], ...entries];
    const select = make("select", { id: `filter-${facet}`, onchange: () => ((filters[facet] = options[select.selectedIndex][0]), changed()) });
    for (const [key, word] of options) {
      const option = make("option", {}, shorten(word, 40));
      select.append(option);
      if (key !== null) counters.push({ facet, key, write: (number) => (option.textContent = `${shorten(word, 40)} (${number})`) });
    }
    controls.push(() => (select.selectedIndex = Math.max(0, options.findIndex(([key]) => key === filters[facet]))));
    return make("div", { class: "field" }, make("label", { for: select.id }, title), select);
  }

  function confidence() {
    const slider = make("input", { type: "range", id: "confidence", min: 0, max: 1, step: 0.05 });
    const value = make("output", { for: "confidence" });
    slider.addEventListener("input", () => ((filters.confidence = Number(slider.value)), changed()));
    controls.push(() => {
      slider.value = filters.confidence;
      value.textContent = `${Math.round(filters.confidence * 100)} %`;
    });
    return make("div", { class: "field" }, make("label", { for: "confidence" }, "Confidence at least ", value), slider);
  }

  function extra(name, words) {
    const box = toggle(() => filters[name], (on) => (filters[name] = on), { id: `filter-${name}` });
    return make("label", { class: "choice" }, box, make("span", { class: "words" }, words));
  }

  const sorted = (entries) => [...new Map(entries)].sort((a, b) => (a[0] !== "") - (b[0] !== "") || a[1].localeCompare(b[1], "en"));
  const voices = sorted(page.cards.map((card) => [card.voice.key, card.voice.name]));
  const outlets = sorted(page.cards.map((card) => page.documents[card.document].outlet ?? "").map((name) => [name, name || "not known"]));

  root.replaceChildren(
    group("Stance", SIGNS.map((sign) => choice("sign", sign.key, swatch(sign.name, [3, false]), `${sign.word} ${sign.glyph}`.trim()))),
    group("Modality", CLASSES.map((one) => choice("class", one.key, swatch("ink", page.pens[one.key][1]), one.key, one.hint))),
    group("Entities", KINDS.map((kind) => choice("kind", kind.key, symbol(kind.key, page.icons[kind.key]), kind.key))),
    menu("relation", "Relation", "all relations", page.relations.map(([key, word]) => [key, word])),
    menu("claimer", "Said by", "anybody", voices),
    menu("outlet", "Outlet", "all outlets", outlets),
    confidence(),
    extra("near", "only the selected entity and its neighbours"),
    hasAlone ? extra("alone", "entities without a line") : "",
    make("button", { type: "button", class: "wide", onclick: reset }, "Reset filters"),
  );

  function reset() {
    Object.assign(filters, createFilters());
    changed();
  }

  return {
    reset,
    refresh(counts) {
      for (const { facet, key, write } of counters) write(counts[facet].get(key) ?? 0);
      for (const show of controls) show();
    },
  };
}
