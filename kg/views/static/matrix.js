// Who stands how towards whom: a row for who, a column for whom, a square for their claims; of the claims that are shown.

const ACTORS = 30;
const LEVELS = 4;
const CELL = 24;

/**
 * {actors: [id], of, cells: Map "who whom" -> {who, whom, cards, friendly, hostile, weight}}. A symmetric claim counts in both directions; one of an
 * actor about itself, or about nobody, in none. `weights`: by modality class.
 */
function matrixOf(cards, weights) {
  const [cells, counts] = [new Map(), new Map()];
  for (const card of cards) {
    const { source, target } = card;
    if (target === undefined || target === source) continue;
    for (const end of [source, target]) counts.set(end, (counts.get(end) ?? 0) + 1);
    for (const [who, whom] of card.symmetric ? [[source, target], [target, source]] : [[source, target]]) {
      const key = JSON.stringify([who, whom]);
      const cell = cells.get(key) ?? { who, whom, cards: [], friendly: 0, hostile: 0, weight: 0 };
      cell.cards.push(card);
      if (card.polarity) cell[card.polarity > 0 ? "friendly" : "hostile"] += 1;
      cell.weight += card.polarity * (weights[card.modality_class] ?? 0);
      cells.set(key, cell);
    }
  }
  for (const cell of cells.values()) cell.weight = Math.round((cell.weight / cell.cards.length) * 10_000) / 10_000;
  const ranked = [...counts.keys()].sort((a, b) => counts.get(b) - counts.get(a) || (a < b ? -1 : 1));
  const kept = new Set(ranked.slice(0, ACTORS));
  return { actors: [...kept], of: ranked.length, cells: new Map([...cells].filter(([, { who, whom }]) => kept.has(who) && kept.has(whom))) };
}

/** The shade of a weight, -4 to 4; the least one that is none is seen, too. */
function levelOf(weight) {
  return Math.sign(weight) * (Math.round(Math.abs(weight) * LEVELS) || (weight ? 1 : 0));
}

function isSame(one, other) {
  return one.length === other.length && one.every((item, number) => item === other[number]);
}

/** Arrow keys go from one of these to the next; Tab leaves all of them. `place`: {row, column} of an element. */
function rove(root, selector, place) {
  root.addEventListener("keydown", (event) => {
    const step = { ArrowLeft: [0, -1], ArrowRight: [0, 1], ArrowUp: [-1, 0], ArrowDown: [1, 0] }[event.key];
    if (!step || !event.target.matches(selector)) return;
    event.preventDefault();
    const at = place(event.target);
    const ahead = [...root.querySelectorAll(selector)].filter((one) => one !== event.target).map((one) => {
      const { row, column } = place(one);
      const [down, across] = [row - at.row, column - at.column];
      return { one, along: down * step[0] + across * step[1], aside: Math.abs(step[0] ? across : down) };
    });
    const next = ahead.filter(({ along }) => along > 0).sort((a, b) => a.aside - b.aside || a.along - b.along)[0]?.one;
    if (!next) return;
    event.target.setAttribute("tabindex", -1);
    next.setAttribute("tabindex", 0);
    next.focus();
  });
}

function createMatrix(details, data, choose) {
  const nameOf = new Map(data.nodes.map((node) => [node.id, node.name ?? String(node.id)]));
  const words = details.querySelector("p");
  const table = details.querySelector("table");
  let cards = [];

  function square({ cards: mine, friendly, hostile, weight }, most) {
    const level = levelOf(weight);
    const sign = signOf(Math.sign(level));
    const side = Math.max(9, (CELL - 2) * Math.sqrt(mine.length / most));
    const box = { x: (CELL - side) / 2, y: (CELL - side) / 2, width: side, height: side };
    const glyph = weight ? sign.glyph : friendly && hostile ? "±" : "";
    const square_ = makeSvg("rect", { ...box, class: `${sign.name} level${Math.abs(level)}` });
    const text = glyph && makeSvg("text", { x: CELL / 2, y: CELL / 2 + 4, class: Math.abs(level) === LEVELS ? "full" : null }, glyph);
    return makeSvg("svg", { viewBox: `0 0 ${CELL} ${CELL}`, width: CELL, height: CELL, "aria-hidden": "true" }, square_, text);
  }

  function button(cell, most, [row, column]) {
    const { who, whom, cards: mine, friendly, hostile, weight } = cell;
    const pair = `${shorten(nameOf.get(who), 60)} towards ${shorten(nameOf.get(whom), 60)}`;
    const told = `${pair}: ${plural(mine.length, "claim")}, ${friendly} friendly, ${hostile} hostile, weight ${weight < 0 ? "" : "+"}${weight.toFixed(2)}`;
    return make("button", { type: "button", title: told, "aria-label": told, "data-row": row, "data-column": column, tabindex: -1, onclick: () => choose(who, whom) }, square(cell, most));
  }

  function draw() {
    if (!details.open) return;
    const { actors, of, cells } = matrixOf(cards, data.page.weights);
    const most = Math.max(1, ...[...cells.values()].map((cell) => cell.cards.length));
    const some = actors.length < of ? `The ${actors.length} of ${NUMBER.format(of)} actors with most claims. ` : "";
    words.textContent = cells.size
      ? `${some}Of the ${plural(cards.length, "claim")} that pass the filters. Row: who; column: towards whom. Size: claims; colour: their mean weight (actual 1, uncertain 0.4, negative 0).`
      : "No claim that passes the filters is of one actor towards another.";
    const name = (id, limit) => named(shorten(nameOf.get(id), limit));
    const head = make("tr", {}, make("td"), actors.map((id) => make("th", { scope: "col" }, name(id, 18))));
    const rows = actors.map((who, row) =>
      make("tr", {}, make("th", { scope: "row" }, name(who, 26)), actors.map((whom, column) => {
        const cell = cells.get(JSON.stringify([who, whom]));
        return make("td", {}, cell && button(cell, most, [row, column]));
      })),
    );
    table.replaceChildren(...(cells.size ? [make("thead", {}, head), make("tbody", {}, rows)] : []));
    table.querySelector("button")?.setAttribute("tabindex", 0);
  }

  rove(table, "button", (one) => ({ row: Number(one.dataset.row), column: Number(one.dataset.column) }));
  details.addEventListener("toggle", draw);
  return {
    /** Of these claims. */
    render(next) {
      if (isSame(cards, next)) return; // what is focused stays
      cards = next;
      draw();
    },
  };
}
