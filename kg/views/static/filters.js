// Which claims are shown, and how many each choice of the legend would show.

const SIGNS = [
  { key: 1, name: "plus", word: "friendly", glyph: "+" },
  { key: -1, name: "minus", word: "hostile", glyph: "×" },
  { key: 0, name: "zero", word: "neutral", glyph: "" },
];
const CLASSES = [
  { key: "actual", hint: "stated as fact" },
  { key: "uncertain", hint: "possible, planned" },
  { key: "negative", hint: "denied, doubted" },
];
const KINDS = [{ key: "person" }, { key: "group" }, { key: "country" }];

function signOf(polarity) {
  return SIGNS.find((sign) => sign.key === polarity) ?? SIGNS[2];
}

function createFilters() {
  return { sign: new Set(), class: new Set(), kind: new Set(), relation: null, claimer: null, confidence: 0, alone: false };
}

/** The tests a claim must pass, by name; `off` sets hold what the reader switched off. */
function createTests(filters, kindOf) {
  return {
    sign: (card) => !filters.sign.has(card.polarity),
    class: (card) => !filters.class.has(card.modality_class),
    kind: (card) => [card.source, card.target].every((id) => id === undefined || !filters.kind.has(kindOf(id))),
    relation: (card) => filters.relation === null || card.relation === filters.relation,
    claimer: (card) => filters.claimer === null || card.voice.key === filters.claimer,
    confidence: (card) => card.confidence >= filters.confidence,
  };
}

/** Counts of one facet: the claims that pass all filters but its own, by each of its keys. */
function countBy(cards, tests, facet, keysOf) {
  const others = Object.entries(tests).filter(([name]) => name !== facet);
  const counts = new Map();
  for (const card of cards) {
    if (!others.every(([, test]) => test(card))) continue;
    for (const key of keysOf(card)) counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  return counts;
}

/** The entities of each kind that claims speak of which pass all filters but that of kinds. */
function countKinds(cards, tests, kindOf) {
  const seen = new Set();
  for (const card of cards) {
    if (!Object.entries(tests).every(([name, test]) => name === "kind" || test(card))) continue;
    for (const id of [card.source, card.target]) if (id !== undefined) seen.add(id);
  }
  const counts = new Map();
  for (const id of seen) counts.set(kindOf(id), (counts.get(kindOf(id)) ?? 0) + 1);
  return counts;
}

/** The legend, which is the filter. Calls `changed` after each choice; `refresh` writes the counts. */
function createLegend(root, page, filters, hasAlone, changed) {
  const counters = new Map();

  function choice(facet, key, picture, word, hint) {
    const count = make("output", { class: "number" });
    counters.set(`${facet} ${key}`, count);
    const box = make("input", {
      type: "checkbox",
      checked: true,
      "data-facet": facet,
      "data-key": key,
      onchange: (event) => {
        filters[facet][event.target.checked ? "delete" : "add"](key);
        changed();
      },
    });
    const words = make("span", { class: "words" }, word, hint ? make("small", {}, hint) : null);
    return make("label", { class: "choice" }, box, picture, words, count);
  }

  function group(title, ...children) {
    return make("fieldset", {}, make("legend", {}, title), ...children);
  }

  function menu(name, title, options) {
    const select = make("select", {
      id: `filter-${name}`,
      onchange: () => {
        filters[name] = options[select.selectedIndex].key;
        changed();
      },
    });
    select.append(...options.map((option) => make("option", {}, option.word)));
    for (const [index, option] of options.entries()) counters.set(`${name} ${option.key}`, select.options[index]);
    return make("div", { class: "field" }, make("label", { for: select.id }, title), select);
  }

  const relations = [{ key: null, word: "all relations" }, ...page.relations.map(([key, word]) => ({ key, word }))];
  const voices = new Map(page.cards.map((card) => [card.voice.key, card.voice.name]));
  const names = [...voices].sort((a, b) => (a[0] !== "") - (b[0] !== "") || a[1].localeCompare(b[1], "en"));
  const claimers = [{ key: null, word: "anybody" }, ...names.map(([key, word]) => ({ key, word: shorten(word, 40) }))];

  const slider = make("input", { type: "range", id: "confidence", min: 0, max: 1, step: 0.05, value: 0 });
  const value = make("output", { for: "confidence" }, "0 %");
  slider.addEventListener("input", () => {
    filters.confidence = Number(slider.value);
    value.textContent = `${Math.round(filters.confidence * 100)} %`;
    changed();
  });
  const alone = make("input", {
    type: "checkbox",
    onchange: (event) => {
      filters.alone = event.target.checked;
      changed();
    },
  });

  root.replaceChildren(
    group("Stance", SIGNS.map((sign) => choice("sign", sign.key, swatch(sign.name, [3, false]), `${sign.word} ${sign.glyph}`.trim()))),
    group("Modality", CLASSES.map((one) => choice("class", one.key, swatch("ink", page.pens[one.key][1]), one.key, one.hint))),
    group("Entities", KINDS.map((kind) => choice("kind", kind.key, symbol(kind.key, page.icons[kind.key]), kind.key))),
    menu("relation", "Relation", relations),
    menu("claimer", "Said by", claimers),
    make("div", { class: "field" }, make("label", { for: "confidence" }, "Confidence at least ", value), slider),
    hasAlone ? make("label", { class: "choice" }, alone, make("span", { class: "words" }, "entities without a line")) : "",
    make("button", { type: "button", class: "wide", onclick: reset }, "Reset filters"),
  );

  function reset() {
    Object.assign(filters, createFilters());
    for (const box of root.querySelectorAll("input[data-facet]")) box.checked = true;
    for (const select of root.querySelectorAll("select")) select.selectedIndex = 0;
    alone.checked = false;
    slider.value = 0;
    value.textContent = "0 %";
    changed();
  }

  function refresh(counts) {
    for (const [name, counter] of counters) {
      const space = name.indexOf(" ");
      const [facet, key] = [name.slice(0, space), name.slice(space + 1)];
      if (key === "null") continue;
      const found = [...counts[facet]].find(([one]) => String(one) === key)?.[1] ?? 0;
      if (counter instanceof HTMLOptionElement) {
        const options = facet === "relation" ? relations : claimers;
        counter.textContent = `${options[counter.index].word} (${found})`;
      } else {
        counter.textContent = found.toLocaleString("en");
        counter.closest("label").classList.toggle("none", found === 0);
      }
    }
  }

  return { refresh, reset };
}

function shorten(text, limit) {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
