// Joins the parts: one state (what is selected, what is filtered), one way to draw it.

const nodeOf = new Map(data.nodes.map((node) => [node.id, node]));
const edgeOf = new Map(data.edges.map((edge) => [edge.id, edge]));
const lineOfClaim = new Map(data.edges.flatMap((edge) => (edge.cards ?? []).map((number) => [page.cards[number].id, edge.id])));
const kindOf = (id) => nodeOf.get(id)?.kind;
const nameOf = (id) => nodeOf.get(id)?.name ?? String(id);

const filters = createFilters();
const keys = createKeys(page, kindOf);
const tests = createTests(filters, keys);
let selected = null; // {type: "line" | "entity", id}, {type: "path" | "pair", from, to} or {type: "bar", start, end, sign, class}
let shown = { cards: [], passed: new Set(), lines: [], visible: new Set(), path: null };
let counts = {};

const evidence = createEvidence(by("panel"), data, { entity: selectEntity, claim: selectClaim, path: selectPath, voice: hear });
const table = createTable(by("lines"), data, (id) => {
  selectEdge(id);
  by("panel").focus();
});
const matrix = createMatrix(by("matrix"), data, (from, to) => bring(selectPair(from, to)));
const timeline = createTimeline(by("times"), keys, (bar) => bring(selectBar(bar)));
const hasAlone = data.nodes.some((node) => node.joined === false);
const legend = createLegend(by("filters"), page, filters, hasAlone, () => update());
const dates = createDates(by("dates"), page, keys, filters, () => update());
const address = createAddress((text) => {
  restore(text);
  picture.fit();
});

/** What a selection shows, by the type of it: the lines and entities that stand out, and the panel. */
const views = {
  line: {
    lit: ({ id }) => [id, edgeOf.get(id).from, edgeOf.get(id).to],
    panel: ({ id }) => evidence.line(edgeOf.get(id), edgeOf.get(id).cards ? passing(edgeOf.get(id)) : null),
  },
  entity: {
    lit: ({ id }) => [id, ...linesAt(id).flatMap((edge) => [edge.id, edge.from, edge.to])],
    panel({ id }) {
      const about = shown.cards.filter((card) => card.source === id || card.target === id);
      evidence.entity(nodeOf.get(id), about, shown.cards.filter((card) => card.voice.key === id));
    },
  },
  pair: {
    lit: ({ from, to }) => [from, to, ...linesAt(from).filter((edge) => edge.from === to || edge.to === to).map((edge) => edge.id)],
    panel: ({ from, to }) => evidence.pair(from, to, towards(shown.cards, from, to)),
  },
  bar: {
    lit: (bar) => cardsOfBar(bar).flatMap((card) => [lineOfClaim.get(card.id), card.source, card.target]),
    panel: (bar) => evidence.bar(titleOfBar(bar, cardsOfBar(bar).length), cardsOfBar(bar)),
  },
  path: {
    lit: ({ from, to }) => [from, to, ...(shown.path ?? []).flatMap((step) => [step.from, step.to, ...step.lines.map(({ edge }) => edge.id)])],
    panel({ from, to }) {
      const steps = shown.path?.map((step) => ({ ...step, cards: page.cards.filter((card) => step.lines.some((line) => line.cards.includes(card))) }));
      evidence.path(from, to, steps ?? null);
    },
  },
};

function linesAt(id) {
  return shown.lines.map(({ edge }) => edge).filter((edge) => edge.from === id || edge.to === id);
}

/** The claims of one actor towards another; those of a symmetric relation whichever stands first. */
function towards(cards, from, to) {
  return cards.filter((card) => (card.source === from && card.target === to) || (card.symmetric && card.source === to && card.target === from));
}

function cardsOfBar(bar) {
  return shown.cards.filter((card) => isInBar(bar, card, keys.day));
}

function passing(edge) {
  if (!edge.cards) return [{ confidence: 0, label: edge.label ?? "", sentence: [] }];
  return edge.cards.map((number) => page.cards[number]).filter((card) => shown.passed.has(card));
}

/** The selected entity and its neighbours, or a path: what stays when only that is wanted. */
function near() {
  if (!filters.near || selected === null) return null;
  return new Set(views[selected.type].lit(selected));
}

function countAll(sifted) {
  const facets = ["sign", "class", "relation", "claimer", "outlet"].map((facet) => [facet, countBy(sifted, facet, keys[facet])]);
  return { ...Object.fromEntries(facets), kind: countKinds(sifted, kindOf) };
}

/** Lines, entities and claims that pass the filters; then, if so chosen, those near the selection only. */
function choose(cards) {
  shown = { cards, passed: new Set(cards), path: null };
  shown.lines = data.edges.map((edge) => ({ edge, cards: passing(edge) })).filter((line) => line.cards.length);
  if (selected?.type === "path") {
    const way = findPath(shown.lines, selected.from, selected.to);
    shown.path = way && stepsOf(way, shown.lines);
  }
  const kept = near();
  if (kept) {
    shown.lines = shown.lines.filter(({ edge }) => kept.has(edge.from) && kept.has(edge.to));
    shown.cards = shown.cards.filter((card) => kept.has(card.source) && (card.target === undefined || kept.has(card.target)));
  }
  const joined = new Set(shown.lines.flatMap(({ edge }) => [edge.from, edge.to]));
  const ends = new Set(selected === null ? [] : [selected.id, selected.from, selected.to]);
  const isShown = (id) => joined.has(id) || ends.has(id) || (filters.alone && (!kept || kept.has(id)));
  shown.visible = new Set(data.nodes.filter((node) => !filters.kind.has(node.kind) && isShown(node.id)).map((node) => node.id));
}

function update() {
  const sifted = sift(page.cards, tests);
  choose(sifted.passed);
  counts = countAll(sifted);
  legend.refresh(counts);
  dates.refresh(sifted);
  table.render(shown.lines);
  matrix.render(shown.cards);
  timeline.render(shown.cards);
  draw();
  note();
}

/** What is shown, in the address. */
function note() {
  const open = by("below").querySelector("details[open]")?.id ?? null;
  address.note(writeAddress({ filters, selected, open, theme: theme.chosen() }), JSON.stringify(selected));
}

function voice() {
  if (filters.claimer === null) return null;
  return page.cards.find((card) => card.voice.key === filters.claimer)?.voice.name ?? "";
}

function caption() {
  return [
    `${NUMBER.format(shown.cards.length)} of ${plural(page.cards.length, "claim")}`,
    `${NUMBER.format(shown.lines.length)} of ${plural(data.edges.length, "line")}`,
    `${NUMBER.format(shown.visible.size)} of ${plural(data.nodes.length, "entity", "entities")}`,
  ].join(" · ");
}

function draw() {
  const view = selected && views[selected.type];
  const ends = new Set(selected === null ? [] : [selected.id, selected.from, selected.to]);
  picture.render({
    counts: new Map(shown.lines.map(({ edge, cards }) => [edge.id, cards.length])),
    visible: shown.visible,
    lit: view ? new Set(view.lit(selected)) : null,
    selected: ends,
  });
  by("count").textContent = page.cards.length ? caption() : "";
  const heard = voice();
  by("voice").hidden = heard === null;
  if (heard !== null) by("voice").firstElementChild.textContent = heard;
  if (view) view.panel(selected);
  else evidence.overview(shown.cards, heard);
}

function select(next) {
  selected = next;
  update();
  if (filters.near) picture.fit();
}

function selectEdge(id) {
  if (!edgeOf.has(id)) return false;
  select({ type: "line", id });
  return true;
}

function selectEntity(id) {
  if (!nodeOf.has(id)) return false;
  select({ type: "entity", id });
  return true;
}

function selectPath(from, to) {
  if (!nodeOf.has(from) || !nodeOf.has(to) || from === to) return false;
  select({ type: "path", from, to });
  picture.fit(shown.path ? new Set(shown.path.flatMap((step) => [step.from, step.to])) : new Set([from, to]));
  by("panel").focus();
  return true;
}

function selectPair(from, to) {
  if (!nodeOf.has(from) || !nodeOf.has(to) || from === to) return false;
  select({ type: "pair", from, to });
  return true;
}

/** The claims of one bar of the timeline. */
function selectBar(bar) {
  select({ type: "bar", ...bar });
}

/** Where the panel stands below the picture, its beginning comes into view, and some of the picture stays. */
function bring() {
  const top = by("panel").getBoundingClientRect().top;
  if (narrow.matches && top > innerHeight * 0.7) scrollBy({ top: top - innerHeight * 0.55, behavior: picture.still ? "auto" : "smooth" });
}

/** A click on an entity; with shift, on a second one, the path to it. */
function pick(id, shift) {
  if (shift && selected?.type === "entity" && selected.id !== id) selectPath(selected.id, id);
  else selectEntity(id);
}

/** Only what this voice says: the world according to it. */
function hear(key) {
  filters.claimer = key;
  selected = null;
  update();
  picture.fit();
}

/** Go to a claim: its line is selected, its card comes into view. */
function selectClaim(card) {
  if (lineOfClaim.has(card.id)) selectEdge(lineOfClaim.get(card.id));
  const element = [...by("panel").querySelectorAll("[data-claim]")].find((one) => one.dataset.claim === card.id);
  element?.scrollIntoView({ block: "nearest" });
  element?.classList.add("found");
}

function restore(text) {
  const keysOf = (facet) => new Set(page.cards.map(keys[facet]));
  const found = readAddress(text, { keysOf, isEntity: (id) => nodeOf.has(id), isLine: (id) => edgeOf.has(id) });
  Object.assign(filters, found.filters);
  selected = found.selected;
  for (const section of by("below").children) section.open = section.id === found.open;
  if (found.theme !== theme.chosen()) theme.set(found.theme);
  update();
}

const savers = {
  png: async () => download("graph.png", await pngOf(picture.canvas(), document.title, caption(), theme.color)),
  csv: () => download("claims.csv", new Blob([csvOf(rowsOf(shown.cards, page, nameOf))], { type: "text/csv" })),
  json: () => download("claims.json", new Blob([JSON.stringify(rowsOf(shown.cards, page, nameOf), null, 1)], { type: "application/json" })),
};
for (const [name, save] of Object.entries(savers)) by(name).addEventListener("click", save);
by("save").hidden = window.parent !== window; // a notebook's frame may not save files
createSearch(by("query"), by("suggestions"), data, (id) => {
  selectEntity(id);
  picture.look(id);
});
onSlash(by("query"));
by("fit").addEventListener("click", () => picture.fit());
by("theme").addEventListener("click", () => {
  theme.toggle();
  update();
});
by("voice").querySelector("button").addEventListener("click", () => {
  filters.claimer = null;
  update();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target !== by("query")) select(null);
});
let before = null; // the theme before printing
addEventListener("beforeprint", () => {
  before = { theme: theme.chosen(), open: by("below").querySelector("details[open]") };
  theme.set("light");
  table.spread();
});
addEventListener("afterprint", () => {
  theme.set(before.theme);
  by("lines").open = false;
  if (before.open) before.open.open = true;
});

Object.assign(handlers, { entity: (id, shift) => bring(pick(id, shift)), line: (id) => bring(selectEdge(id)), nothing: () => select(null) });
restore(location.hash.slice(1));
if (!isWhole && (selected === null || filters.near)) picture.fit();
else if (!isWhole) picture.fit(new Set(views[selected.type].lit(selected)), 1);
for (const section of by("below").children) section.addEventListener("toggle", note);
performance.mark("kg-ready");

window.kgView = Object.freeze({
  selectEdge,
  selectEntity,
  selectPath,
  clear: () => select(null),
  placeOf: picture.placeOf,
  state: () => ({
    selected: selected && { ...selected },
    shown: { claims: shown.cards.length, lines: shown.lines.map(({ edge }) => edge.id), entities: shown.visible.size },
    counts: Object.fromEntries(Object.entries(counts).map(([facet, map]) => [facet, Object.fromEntries(map)])),
    path: shown.path?.map((step) => [step.from, step.to]) ?? null,
  }),
});
