// What is selected and filtered, in the address behind "#": a link that shows the same again, and a way back.

const DELAY = 250; // milliseconds; browsers refuse an address that changes more than a few times a second

function writeAddress({ filters, selected, open, theme }) {
  const words = new URLSearchParams();
  const off = OFF.flatMap((facet) => [...filters[facet]].map((key) => `${facet}:${key}`)).sort();
  if (off.length) words.set("off", off.join(","));
  for (const name of [...ONE, "from", "to"]) if (filters[name] !== null) words.set(name, filters[name]);
  if (filters.confidence) words.set("confidence", filters.confidence);
  for (const name of ["near", "alone"]) if (filters[name]) words.set(name, 1);
  if (selected?.type === "path") {
    words.set("path", selected.from);
    words.set("end", selected.to);
  } else if (selected?.type === "pair") {
    words.set("pair", selected.from);
    words.set("end", selected.to);
  } else if (selected?.type === "bar") words.set("bar", [selected.start, selected.end, selected.sign, selected.class].join(","));
  else if (selected?.id !== undefined) words.set(selected.type, selected.id);
  if (open) words.set("open", open);
  if (theme) words.set("theme", theme);
  return words.toString();
}

/** {start, end, sign, class} of a bar of the timeline, or null. */
function readBar(text) {
  const [start, end, sign, name] = (text ?? "").split(",");
  const known = SIGNS.find(({ key }) => String(key) === sign);
  const isBar = dayOf(start) === start && dayOf(end) === end && known && CLASSES.some(({ key }) => key === name);
  return isBar ? { start, end, sign: known.key, class: name } : null;
}

/** Filters, selection, what is open and theme as an address tells them; what the page does not know is left out. */
function readAddress(text, { keysOf, isEntity, isLine }) {
  const words = new URLSearchParams(text);
  const filters = createFilters();
  for (const part of (words.get("off") ?? "").split(",")) {
    const [facet, key] = part.split(":");
    if (!OFF.includes(facet)) continue;
    const known = { sign: SIGNS, class: CLASSES, kind: KINDS }[facet].find((one) => String(one.key) === key);
    if (known) filters[facet].add(known.key);
  }
  for (const name of ONE) if (words.has(name) && keysOf(name).has(words.get(name))) filters[name] = words.get(name);
  for (const name of ["from", "to"]) filters[name] = dayOf(words.get(name));
  const confidence = Number(words.get("confidence"));
  if (confidence > 0 && confidence <= 1) filters.confidence = confidence;
  for (const name of ["near", "alone"]) filters[name] = words.get(name) === "1";
  const [entity, line, path, pair, end] = ["entity", "line", "path", "pair", "end"].map((name) => words.get(name));
  let selected = null;
  if (isEntity(path) && isEntity(end)) selected = { type: "path", from: path, to: end };
  else if (isEntity(pair) && isEntity(end)) selected = { type: "pair", from: pair, to: end };
  else if (isEntity(entity)) selected = { type: "entity", id: entity };
  else if (isLine(line)) selected = { type: "line", id: line };
  else if (readBar(words.get("bar"))) selected = { type: "bar", ...readBar(words.get("bar")) };
  const open = ["lines", "matrix", "times"].find((name) => name === words.get("open")) ?? null;
  const theme = ["light", "dark"].includes(words.get("theme")) ? words.get("theme") : null;
  return { filters, selected, open, theme };
}

/** Keeps the address up to date, a moment after each change; `restore` is called with what it says when the reader goes back. */
function createAddress(restore) {
  let timer = 0;
  let written = { text: location.hash.slice(1), selected: "" };
  if (window.parent !== window) return { note() {} }; // inside a notebook there is no address of one's own
  window.addEventListener("popstate", () => {
    clearTimeout(timer);
    written = { ...written, text: location.hash.slice(1) };
    restore(written.text);
  });
  return {
    note(text, selected) {
      clearTimeout(timer);
      if (text === written.text) return;
      timer = setTimeout(() => {
        const way = selected === written.selected ? "replaceState" : "pushState";
        written = { text, selected };
        history[way](null, "", text ? `#${text}` : location.pathname + location.search);
      }, DELAY);
    },
  };
}
