// Joins the parts: one state (what is selected, what is filtered), one way to draw it.

const data = JSON.parse(document.getElementById("data").textContent);
const page = data.page;
const by = (id) => document.getElementById(id);
const nodeOf = new Map(data.nodes.map((node) => [node.id, node]));
const edgeOf = new Map(data.edges.map((edge) => [edge.id, edge]));
const lineOfClaim = new Map(data.edges.flatMap((edge) => (edge.cards ?? []).map((number) => [page.cards[number].id, edge.id])));
const kindOf = (id) => nodeOf.get(id)?.kind;

const filters = createFilters();
const tests = createTests(filters, kindOf);
let selected = null; // {type: "line" | "entity", id}
let shown = { cards: [], lines: [], entities: 0 };
let counts = {};

const picture = createPicture(by("picture"), data, { entity: selectEntity, line: selectEdge, nothing: () => select(null) });
const evidence = createEvidence(by("panel"), data, { entity: selectEntity, claim: selectClaim });
const table = createTable(by("lines"), data, (id) => {
  selectEdge(id);
  by("panel").focus();
});
const hasAlone = data.nodes.some((node) => node.joined === false);
const legend = createLegend(by("filters"), page, filters, hasAlone, () => update());
createSearch(by("query"), by("suggestions"), data, (id) => {
  selectEntity(id);
  picture.look(id);
});
by("fit").addEventListener("click", () => picture.fit());
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && event.target !== by("query")) select(null);
});

function passing(numbers) {
  return numbers.map((number) => page.cards[number]).filter((card) => shown.passed.has(card));
}

function update() {
  const cards = page.cards.filter((card) => Object.values(tests).every((test) => test(card)));
  shown = { cards, passed: new Set(cards) };
  shown.lines = data.edges
    .map((edge) => ({ edge, cards: edge.cards ? passing(edge.cards) : [{ confidence: 0, label: edge.label ?? "" }] }))
    .filter((line) => line.cards.length);
  const joined = new Set(shown.lines.flatMap(({ edge }) => [edge.from, edge.to]));
  const visible = data.nodes.filter((node) => !filters.kind.has(node.kind) && (joined.has(node.id) || filters.alone || isSelected(node.id)));
  shown.visible = new Set(visible.map((node) => node.id));
  counts = {
    sign: countBy(page.cards, tests, "sign", (card) => [card.polarity]),
    class: countBy(page.cards, tests, "class", (card) => [card.modality_class]),
    kind: countKinds(page.cards, tests, kindOf),
    relation: countBy(page.cards, tests, "relation", (card) => [card.relation]),
    claimer: countBy(page.cards, tests, "claimer", (card) => [card.voice.key]),
  };
  legend.refresh(counts);
  table.render(shown.lines);
  draw();
}

function isSelected(id) {
  return selected !== null && selected.id === id;
}

/** What stands out: a line with its two ends, or an entity with its lines and neighbours. */
function lit() {
  if (selected === null) return null;
  const lines = selected.type === "line" ? [edgeOf.get(selected.id)] : shown.lines.map(({ edge }) => edge).filter((edge) => [edge.from, edge.to].includes(selected.id));
  return new Set([selected.id, ...lines.flatMap((edge) => [edge.id, edge.from, edge.to])]);
}

function draw() {
  const lineCounts = new Map(shown.lines.map(({ edge, cards }) => [edge.id, cards.length]));
  picture.render({ counts: lineCounts, visible: shown.visible, lit: lit(), selected: selected?.id ?? null });
  const parts = [
    `${shown.cards.length} of ${plural(page.cards.length, "claim")}`,
    `${shown.lines.length} of ${plural(data.edges.length, "line")}`,
    `${shown.visible.size} of ${plural(data.nodes.length, "entity", "entities")}`,
  ];
  by("count").textContent = page.cards.length ? parts.join(" · ") : "";
  if (selected?.type === "line") evidence.line(edgeOf.get(selected.id), passing(edgeOf.get(selected.id).cards ?? []));
  else if (selected?.type === "entity") {
    const { id } = selected;
    const about = shown.cards.filter((card) => card.source === id || card.target === id);
    const made = shown.cards.filter((card) => card.voice.key === id);
    evidence.entity(nodeOf.get(id), about, made);
  } else evidence.overview(shown.cards);
}

function select(next) {
  selected = next;
  update();
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

/** Go to a claim: its line is selected, its card comes into view. */
function selectClaim(card) {
  if (lineOfClaim.has(card.id)) selectEdge(lineOfClaim.get(card.id));
  const element = [...by("panel").querySelectorAll("[data-claim]")].find((one) => one.dataset.claim === card.id);
  element?.scrollIntoView({ block: "nearest" });
  element?.classList.add("found");
}

function note() {
  const { entities, acting, claims } = page.totals;
  const parts = [];
  if (data.nodes.length < acting) parts.push(`${data.nodes.length.toLocaleString("en")} of ${acting.toLocaleString("en")} shown: those most is said about`);
  if (!page.cards.length) parts.push(claims ? "No claim is between the entities shown" : "No claims: there is nothing to draw");
  by("note").textContent = parts.join(". ");
  by("note").hidden = !parts.length;
  by("note").classList.toggle("empty", !page.cards.length);
  by("note").title = `${plural(entities, "entity", "entities")} named in all`;
}

if (matchMedia("(max-width: 760px)").matches) by("legend").open = false;
note();
update();
picture.fit();

window.kgView = Object.freeze({
  selectEdge,
  selectEntity,
  clear: () => select(null),
  placeOf: picture.placeOf,
  state: () => ({
    selected: selected && { ...selected },
    shown: { claims: shown.cards.length, lines: shown.lines.map(({ edge }) => edge.id), entities: shown.visible.size },
    counts: Object.fromEntries(Object.entries(counts).map(([facet, map]) => [facet, Object.fromEntries(map)])),
  }),
});
