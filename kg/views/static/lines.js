// The same lines as a table, for those who cannot see the picture or have no mouse.

const ROWS = 200; // at first

function createTable(details, data, choose) {
  const nameOf = new Map(data.nodes.map((node) => [node.id, node.name ?? String(node.id)]));
  const head = details.querySelector("thead");
  const body = details.querySelector("tbody");
  const summary = details.querySelector("summary");
  const columns = ["Between", "What is claimed", "Stance", "Modality", "Claims", "Confidence"];
  head.append(make("tr", {}, columns.map((column) => make("th", { scope: "col" }, column))));
  let rows = [];

  function row({ edge, cards }) {
    const { word, name, glyph } = signOf(edge.polarity);
    const ends = String(edge.arrows ?? "");
    const arrow = ends.includes("to") ? (ends.includes("from") ? "↔" : "→") : ends.includes("from") ? "←" : "–";
    const labels = [...new Set(cards.map((card) => card.label))];
    const pair = [named(shorten(nameOf.get(edge.from), 60)), ` ${arrow} `, named(shorten(nameOf.get(edge.to), 60))];
    return make(
      "tr",
      {},
      make("th", { scope: "row" }, make("button", { type: "button", class: "name", "data-line": edge.id, onclick: () => choose(edge.id) }, pair)),
      make("td", {}, shorten(labels.join(", "), 90)),
      make("td", { class: `sign ${name}` }, `${glyph} ${word}`),
      make("td", {}, swatch(name, data.page.pens[edge.modality_class][1]), ` ${edge.modality_class}`),
      make("td", { class: "number" }, cards.length),
      make("td", { class: "number" }, `${Math.round(Math.max(...cards.map((card) => card.confidence)) * 100)} %`),
    );
  }

  function draw(all = false) {
    if (!details.open) return;
    const more = make("button", { type: "button", class: "wide", onclick: () => draw(true) }, `Show all ${NUMBER.format(rows.length)}`);
    const rest = make("tr", {}, make("td", { colspan: columns.length }, more));
    body.replaceChildren(...rows.slice(0, all ? rows.length : ROWS).map(row), ...(all || rows.length <= ROWS ? [] : [rest]));
  }

  details.addEventListener("toggle", () => draw());
  return {
    /** For the printer: open, and whole. */
    spread() {
      details.open = true;
      draw(true);
    },
    /** rows: [{edge, cards}] of the lines that are shown */
    render(next) {
      rows = [...next].sort((a, b) => b.cards.length - a.cards.length);
      summary.textContent = `The lines as a table (${rows.length})`;
      draw();
    },
  };
}
