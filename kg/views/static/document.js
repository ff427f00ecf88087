// A document: its text with actors and cues marked, its claims beside it. Whatever is chosen on one side is shown on the other.

const data = JSON.parse(document.getElementById("data").textContent);
const { page } = data;
const by = (id) => document.getElementById(id);
const own = page.cards.slice(0, data.claims);
const numberOf = new Map(own.map((card, number) => [card.id, number]));
const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
const parts = createCards(data, { entity: (id) => go({ entity: id }), claim: open });
const theme = createTheme(() => {});

/** The elements of each mark of the text, "m3": [...] */
const places = new Map();

/** Roles of mention 3 in claim 5: "source", "target" ... */
function rolesOf(claim) {
  const roles = new Map();
  for (const [role, mention] of data.roles[claim]) if (!roles.has(`m${mention}`)) roles.set(`m${mention}`, role);
  return roles;
}

function first(marks, letter) {
  const found = marks.filter((mark) => mark.startsWith(letter));
  return found.length ? Number(found[0].slice(1)) : null;
}

function remember(element, marks) {
  for (const mark of marks) places.set(mark, [...(places.get(mark) ?? []), element]);
  return element;
}

/** Words that name an actor; the symbol of its kind stands before the first of them. */
function mention(number, words, begins) {
  const entities = data.mentions[number].map((one) => data.nodes[one]);
  const { kind } = entities[0];
  const names = entities.map((one) => one.name).join(", ");
  const [head] = /^\S{0,8}/.exec(words); // stays on one line with the symbol
  const start = begins ? [make("span", { class: "head" }, symbol(kind, page.icons[kind]), head), words.slice(head.length)] : words;
  return make("span", { class: `mention ${kind}`, title: shorten(names, 120) }, start);
}

/** The words of a cue lead to its claim. */
function cue(number, words, begins) {
  const card = own[number];
  const about = `${card.label}: ${nameOf(card.source)}${card.target === undefined ? "" : ` → ${nameOf(card.target)}`}`;
  const sign = begins ? "begins" : "";
  return make("a", { class: `cue ${signOf(card.polarity).name} ${card.modality_class} ${sign}`, href: hashOf({ claim: card.id }), title: shorten(about, 160) }, words);
}

const nodeOf = new Map(data.nodes.map((node) => [node.id, node]));
const nameOf = (id) => nodeOf.get(id)?.name ?? id;
const hashOf = (place) => `#${new URLSearchParams(place)}`;

/** A stretch of the text; of mentions that lie in each other the innermost, which begins last, is drawn. */
function stretch(words, marks) {
  const [inner, claim] = [marks.filter((mark) => mark.startsWith("m")).at(-1), first(marks, "c")];
  const begins = (mark) => !places.has(mark);
  let content = words;
  if (inner) content = mention(Number(inner.slice(1)), words, begins(inner));
  if (claim !== null) content = cue(claim, content, begins(`c${claim}`));
  return remember(make("span", { class: "stretch" }, content), marks);
}

/** The text in paragraphs, which end at an empty line. */
function showText(root) {
  let paragraph = make("p");
  root.append(paragraph);
  for (const piece of data.pieces) {
    const [text, ...marks] = typeof piece === "string" ? [piece] : piece;
    for (const [number, words] of text.split(/\n[^\S\n]*\n\s*/).entries()) {
      if (number) root.append((paragraph = make("p")));
      if (words) paragraph.append(marks.length ? stretch(words, marks) : words);
    }
  }
}

function showClaim(card) {
  const line = data.graph.lines[card.id];
  const button = make("a", { class: "claim", href: hashOf({ claim: card.id }) }, parts.heading(card));
  return parts.frame(
    card,
    make("h3", {}, button),
    make("p", { class: "pair" }, parts.direction(card)),
    parts.details(card),
    line && make("p", { class: "origin" }, pageLink(data.graph.file, "in the graph", { line })),
    parts.others(card),
  );
}

function showEntity(node, number) {
  const counts = [node.claims && plural(node.claims, "claim"), node.said && `${node.said} made by it`].filter(Boolean).join(" · ");
  const inGraph = data.graph.entities.includes(number) && pageLink(data.graph.file, "in the graph", { entity: node.id });
  const link = make("a", { href: hashOf({ entity: node.id }) }, symbol(node.kind, page.icons[node.kind]), named(shorten(node.name, 80)));
  return make("li", { "data-entity": node.id }, link, make("small", {}, counts), inGraph);
}

/** A claim of another document, which contradicts one of this: its own page where there is one. */
function open(card) {
  if (numberOf.has(card.id)) go({ claim: card.id });
  else if (FILE.test(page.documents[card.document].file)) location.assign(`${page.documents[card.document].file}${hashOf({ claim: card.id })}`);
}

function clear() {
  for (const element of document.querySelectorAll(".lit")) element.classList.remove("lit", "source", "target", "other", "sentence-lit");
  for (const element of document.querySelectorAll("[aria-current]")) element.removeAttribute("aria-current");
}

function light(mark, ...classes) {
  for (const element of places.get(mark) ?? []) element.classList.add("lit", ...classes);
}

function lightClaim(number) {
  light(`s${number}`, "sentence-lit");
  for (const [mark, role] of rolesOf(number)) light(mark, ["source", "target"].includes(role) ? role : "other");
  light(`c${number}`, "cue-lit");
}

function bring(element) {
  element?.scrollIntoView({ block: "center", behavior: still ? "auto" : "smooth" });
}

const selectors = {
  claim(id) {
    if (!numberOf.has(id)) return false;
    const number = numberOf.get(id);
    lightClaim(number);
    const card = [...by("claims").querySelectorAll("[data-claim]")].find((one) => one.dataset.claim === id);
    card.querySelector(".claim").setAttribute("aria-current", "true");
    card.classList.add("lit");
    bring(places.get(`c${number}`)?.[0]);
    card.scrollIntoView({ block: "nearest" });
    return true;
  },
  entity(id) {
    const node = data.nodes.findIndex((one) => one.id === id);
    if (node < 0) return false;
    const mine = data.mentions.flatMap((entities, number) => (entities.includes(node) ? [`m${number}`] : []));
    for (const mark of mine) light(mark, "other");
    const item = [...by("entities").children].find((one) => one.dataset.entity === id);
    item.querySelector("a").setAttribute("aria-current", "true");
    bring(places.get(mine[0])?.[0]);
    return true;
  },
};

let chosen = null;

/** Show what an address names: {claim: id} or {entity: id}. */
function show(place) {
  clear();
  const name = ["claim", "entity"].find((one) => place?.[one] !== undefined);
  chosen = name && selectors[name](place[name]) ? { [name]: place[name] } : null;
  const words = { claim: () => `claim: ${shorten(own[numberOf.get(chosen.claim)].label, 60)}`, entity: () => `marked: ${shorten(nameOf(chosen.entity), 60)}` };
  by("count").textContent = chosen ? words[name]() : summary();
}

function go(place) {
  if (window.parent === window) history.pushState(null, "", place ? hashOf(place) : location.pathname + location.search);
  show(place);
}

function summary() {
  return [plural(own.length, "claim"), plural(data.nodes.length, "entity", "entities")].join(" · ");
}

function fromAddress() {
  show(Object.fromEntries(new URLSearchParams(location.hash.slice(1))));
}

function fact(text) {
  return text && make("li", {}, named(shorten(text, 60)));
}

function showHead() {
  const [{ outlet, published, url }] = page.documents;
  const safe = url && /^https?:\/\//i.test(url);
  const link = safe && make("li", {}, make("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, "the original"));
  const back = data.graph.file && make("li", {}, pageLink(data.graph.file, "the whole graph"));
  by("facts").append(...[fact(outlet), fact(published), link, back].filter(Boolean));
}

/** What the pointer rests on: a cue and its card light up together. */
function hover(event) {
  const card = event.target.closest?.("[data-claim]");
  const link = event.target.closest?.("a.cue");
  const id = card ? card.dataset.claim : link && new URLSearchParams(link.hash.slice(1)).get("claim");
  for (const element of document.querySelectorAll(".hovered")) element.classList.remove("hovered");
  if (!numberOf.has(id)) return;
  for (const element of places.get(`c${numberOf.get(id)}`) ?? []) element.classList.add("hovered");
  [...by("claims").querySelectorAll("[data-claim]")].find((one) => one.dataset.claim === id)?.classList.add("hovered");
}

showHead();
showText(by("text"));
by("claims").replaceChildren(...(own.length ? own.map(showClaim) : [make("p", { class: "soft" }, "No claim was found in this document.")]));
by("entities").replaceChildren(...data.nodes.map(showEntity));
document.addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href^='#']");
  const word = event.target.closest?.(".mention");
  if (link) {
    event.preventDefault();
    go(Object.fromEntries(new URLSearchParams(link.hash.slice(1))));
  } else if (word) {
    const marks = [...places].filter(([mark, elements]) => mark.startsWith("m") && elements.includes(word.closest(".stretch")));
    go({ entity: data.nodes[data.mentions[Number(marks.at(-1)[0].slice(1))][0]].id });
  }
});
document.addEventListener("pointerover", hover);
document.addEventListener("keydown", (event) => event.key === "Escape" && go(null));
by("theme").addEventListener("click", () => theme.toggle());
window.addEventListener("popstate", fromAddress);
fromAddress();

window.kgDocument = Object.freeze({ go, state: () => chosen && { ...chosen } });
