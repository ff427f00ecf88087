// Search with suggestions: by name or alias, without regard to case and accents.

const SUGGESTIONS = 8;

function plain(text) {
  return text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
}

function createSearch(input, list, data, choose) {
  const entries = data.nodes.map((node) => ({ node, names: [node.name ?? String(node.id), ...(node.aliases ?? [])].map(plain) }));
  let found = [];
  let active = -1;

  function rank({ names }, query) {
    if (names[0].startsWith(query)) return 0;
    if (names.some((name) => name.startsWith(query) || name.includes(` ${query}`))) return 1;
    return names.some((name) => name.includes(query)) ? 2 : 3;
  }

  function find(text) {
    const query = plain(text.trim());
    if (!query) return [];
    return entries
      .map((entry) => ({ node: entry.node, rank: rank(entry, query) }))
      .filter((entry) => entry.rank < 3)
      .sort((a, b) => a.rank - b.rank || b.node.claims - a.node.claims || (a.node.name < b.node.name ? -1 : 1))
      .slice(0, SUGGESTIONS)
      .map((entry) => entry.node);
  }

  function show() {
    list.replaceChildren(
      ...found.map((node, index) =>
        make(
          "li",
          { role: "option", id: `${list.id}-${index}`, "aria-selected": index === active, onmousedown: (event) => pick(node, event) },
          symbol(node.kind ?? "person", data.page.icons[node.kind ?? "person"]),
          named(shorten(node.name ?? node.id, 60)),
          make("small", {}, plural(node.claims ?? 0, "claim")),
        ),
      ),
    );
    if (!found.length && input.value.trim()) list.append(make("li", { class: "none" }, "nobody of that name"));
    list.hidden = !list.children.length || document.activeElement !== input;
    input.setAttribute("aria-expanded", String(!list.hidden));
    if (active >= 0) input.setAttribute("aria-activedescendant", `${list.id}-${active}`);
    else input.removeAttribute("aria-activedescendant");
  }

  function pick(node, event) {
    event?.preventDefault();
    input.value = shorten(node.name ?? String(node.id), 60);
    found = [];
    active = -1;
    list.replaceChildren();
    input.blur();
    choose(node.id);
  }

  input.addEventListener("input", () => {
    found = find(input.value);
    active = found.length ? 0 : -1;
    show();
  });
  input.addEventListener("focus", () => input.select());
  input.addEventListener("blur", () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.stopPropagation();
      input.value = "";
      found = [];
      active = -1;
      show();
      input.blur();
    } else if (event.key === "Enter" && found[active]) pick(found[active], event);
    else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const step = event.key === "ArrowDown" ? 1 : -1;
      active = found.length ? (active + step + found.length) % found.length : -1;
      show();
    }
  });
}

/** "/" goes to the search from anywhere. */
function onSlash(input) {
  document.addEventListener("keydown", (event) => {
    const typing = ["INPUT", "SELECT", "TEXTAREA"].includes(event.target.tagName) && !["checkbox", "range"].includes(event.target.type);
    if (event.key === "/" && !typing && !event.ctrlKey && !event.metaKey && !event.altKey) {
      event.preventDefault();
      input.focus();
    }
  });
}
