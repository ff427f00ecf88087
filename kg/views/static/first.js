// The picture first: entities and lines need no claim. All else is made once they are seen.

const by = (id) => document.getElementById(id);
const data = completed(JSON.parse(by("data").textContent));
const page = data.page;
const handlers = {}; // what a click does, as soon as there is something to show
const theme = createTheme(() => picture.repaint());
const picture = createPicture(by("picture"), data, theme.color, handlers);

const narrow = matchMedia("(max-width: 760px)"); // one column, as on a phone
if (narrow.matches) by("legend").open = false;
showPages(by("pages"), page.pages);
showNote(by("note"));
by("dates").hidden = !page.dated;
const isWhole = location.hash.length < 2; // no filter, nothing selected: what is seen first stays as it is
if (isWhole) {
  picture.render(wholePicture());
  picture.fit();
  await painted();
  performance.mark("kg-picture");
}
await read();
Object.assign(page, JSON.parse(by("claims").textContent));

/** What a user added to pyvis' network lacks some of what ours has; a line without `cards` is theirs. */
function completed(all) {
  const ids = new Set(all.nodes.map((node) => node.id));
  const nodes = all.nodes.map((node) => ({ name: String(node.label ?? node.id), aliases: [], claims: 0, said: 0, size: 14, ...node }));
  const edges = all.edges
    .filter((edge) => ids.has(edge.from) && ids.has(edge.to))
    .map((edge, number) => ({ id: `line ${number}`, polarity: 0, modality_class: "actual", arrows: "", ...edge }));
  return { ...all, nodes, edges };
}

function wholePicture() {
  const counts = new Map(data.edges.map((edge) => [edge.id, edge.cards?.length ?? 1]));
  return { counts, visible: new Set(data.edges.flatMap((edge) => [edge.from, edge.to])), lit: null, selected: new Set() };
}

/** When the browser has shown what stands there now; it shows nothing while nobody looks. */
function painted() {
  return new Promise((done) => {
    requestAnimationFrame(() => setTimeout(done, 0));
    if (document.hidden) setTimeout(done, 0);
  });
}

/** When the file is read to its end. */
function read() {
  if (document.readyState !== "loading") return null;
  return new Promise((done) => document.addEventListener("DOMContentLoaded", done, { once: true }));
}

function showNote(note) {
  const { entities, acting, claims } = page.totals;
  const parts = [];
  if (data.nodes.length < acting) parts.push(`${NUMBER.format(data.nodes.length)} of ${NUMBER.format(acting)} shown: those most is said about`);
  if (!page.told) parts.push(claims ? "No claim is between the entities shown" : "No claims: there is nothing to draw");
  note.textContent = parts.join(". ");
  note.hidden = !parts.length;
  note.classList.toggle("empty", !page.told);
  note.title = `${plural(entities, "entity", "entities")} named in all`;
}
