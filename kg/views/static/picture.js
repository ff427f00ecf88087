// The canvas: vis-network draws lines and symbols, we draw signs, icons and names so that they stay readable at any zoom.

const FADED = 0.13;
const MARGIN = { across: 62, down: 66 }; // pixels around the picture, for the names at its edges
const MAX_SCALE = 1.35;
const MANY = 400; // entities above which less is drawn while the picture moves
const FAR = 0.34; // the scale below which symbols and lines are drawn larger than they are, so that something is seen of them
const MOST = 2.2; // times
const MOST_OF_MANY = 1.5;

function createPicture(container, data, theme, handlers) {
  const { page } = data;
  const icons = new Map(Object.entries(page.icons).map(([kind, path]) => [kind, new Path2D(path)]));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const many = data.nodes.length > MANY;
  const ranked = [...data.nodes].sort((a, b) => b.claims - a.claims);
  const nodes = new vis.DataSet();
  const edges = new vis.DataSet();
  let shown = { counts: new Map(), visible: new Set(), lit: null, selected: new Set() };
  let hovered = null;
  let moving = false;
  let names = null; // where they stand, as long as nothing changes
  let enlarged = 1; // how many times
  let network = null;

  function start() {
    nodes.add(data.nodes.map((node) => ({ id: node.id, x: node.x, y: node.y, size: node.size, shape: node.shape })));
    edges.add(data.edges.map(({ id, from, to, smooth, arrows }) => ({ id, from, to, ...(smooth?.enabled && { smooth }), ...(arrows && { arrows }) })));
    network = new vis.Network(container, {}, optionsOf(data));
    shareFonts(network.nodesHandler.create({ id: "" }).labelModule);
    network.setData({ nodes, edges });
    network.on("click", ({ nodes: [node], edges: [edge], event }) => {
      if (node !== undefined) handlers.entity?.(node, Boolean(event?.srcEvent?.shiftKey));
      else if (edge !== undefined) handlers.line?.(edge);
      else handlers.nothing?.();
    });
    network.on("hoverNode", ({ node }) => hover(node));
    network.on("blurNode", () => hover(null));
    network.on("hoverEdge", () => container.classList.add("pointing"));
    network.on("blurEdge", () => container.classList.remove("pointing"));
    network.on("dragStart", () => (moving = true));
    network.on("dragEnd", () => {
      [moving, names] = [false, null];
      redraw();
    });
    network.on("beforeDrawing", enlarge);
    network.on("afterDrawing", (context) => drawOver(context));
  }
  container.addEventListener("pointerdown", () => container.classList.add("pointed"), true);
  document.addEventListener("keydown", (event) => event.key === "Tab" && container.classList.remove("pointed"));

  function hover(node) {
    [hovered, names] = [node, null];
    container.classList.toggle("pointing", node !== null);
    redraw();
  }

  /** Show lines by their count of claims, entities that are `visible`; `lit` (ids of both) stand out, all are lit when null. */
  function render(next) {
    if (network !== null && isSamePicture(shown, next)) return;
    paint(next);
  }

  function paint(next) {
    [shown, names] = [next, null];
    if (network === null) start();
    style();
    network._updateVisibleIndices();
    redraw();
  }

  function style() {
    for (const node of data.nodes) Object.assign(network.body.nodes[node.id].options, nodeStyle(node));
    for (const edge of data.edges) styleEdge(network.body.edges[edge.id].options, edge);
  }

  /** What is far away is drawn larger. */
  function enlarge() {
    const wanted = Math.round(Math.min(many ? MOST_OF_MANY : MOST, Math.max(1, FAR / network.getScale())) * 10) / 10;
    if (wanted === enlarged) return;
    enlarged = wanted;
    style();
    for (const node of data.nodes) network.body.nodes[node.id].needsRefresh();
  }

  const sizeOf = (node) => node.size * enlarged;

  /** In the next frame, once. */
  function redraw() {
    network.body.emitter.emit("_requestRedraw");
  }

  function isLit(id) {
    return shown.lit === null || shown.lit.has(id);
  }

  /** As the theme has it, or as a user of pyvis wants it. */
  function colorOf(one, name) {
    const isOwn = typeof one.color === "string" && one.color !== page.colors[name] && CSS.supports("color", one.color);
    return isOwn ? one.color : theme(name);
  }

  // Straight into vis-network's own options: its way through a DataSet takes longer than a second for thousands.
  function nodeStyle(node) {
    const selected = shown.selected.has(node.id);
    const full = colorOf(node, node.kind ?? "zero");
    const background = isLit(node.id) ? full : mixed(full, theme("paper"), FADED + 0.05);
    const border = theme(selected ? "ink" : "paper");
    return { hidden: !shown.visible.has(node.id), size: sizeOf(node), borderWidth: (selected ? 4 : 2) * enlarged, color: { background, border } };
  }

  function styleEdge(options, edge) {
    const count = shown.counts.get(edge.id) ?? 0;
    const pens = page.pens[edge.modality_class] ?? page.pens.actual;
    const [thin, pattern] = edge.cards ? pens[Math.min(Math.max(count, 1), pens.length) - 1] : [edge.width ?? 2, edge.dashes ?? false];
    const width = thin * enlarged;
    const dashes = pattern && [].concat(pattern).map((length) => (length === true ? 5 : length) * enlarged);
    const color = colorOf(edge, signOf(edge.polarity).name);
    Object.assign(options, { hidden: count === 0, width, dashes, color: { color, hover: color, highlight: color, opacity: isLit(edge.id) ? 1 : FADED, inherit: false } });
    for (const end of ["to", "from"]) if (edge.arrows?.includes(end)) options.arrows[end].scaleFactor = Math.min(0.6, 0.9 / Math.sqrt(width));
  }

  function pointOf(id, share) {
    const edge = network.body.edges[id];
    return edge?.connected ? edge.edgeType.getPoint(share, edge.edgeType.getViaNode?.()) : undefined;
  }

  /** The point of a line nearest to its middle that no entity covers. */
  function middleOf(id, covers = shapes()) {
    const points = [0.5, 0.4, 0.6, 0.3, 0.7].map((share) => pointOf(id, share));
    return points.find((point) => point && !covers.some((box) => contains(box, point))) ?? points[0];
  }

  function placeOf(id) {
    const { x, y } = network.body.nodes[id];
    return { x, y };
  }

  function shapes() {
    const visible = many ? [] : data.nodes.filter((node) => shown.visible.has(node.id));
    return visible.map((node) => {
      const { x, y } = placeOf(node.id);
      return boxAround(x, y, sizeOf(node) + 5, sizeOf(node) + 5);
    });
  }

  function drawOver(context) {
    const scale = network.getScale();
    const hasLines = !(many && moving);
    context.textAlign = "center";
    context.lineJoin = "round";
    if (hasLines && (scale > 0.5 || shown.counts.size < 200 || shown.lit)) drawSigns(context, scale);
    if (hasLines) for (const node of data.nodes) if (sizeOf(node) * scale > 5 && shown.visible.has(node.id)) drawIcon(context, node);
    drawNames(context, scale);
    context.globalAlpha = 1;
  }

  function drawSigns(context, scale) {
    const size = Math.min(Math.max(13, 11 / scale), 30);
    context.font = `700 ${size}px ${FONT}`;
    context.textBaseline = "middle";
    const covers = shapes();
    for (const edge of data.edges) {
      const { glyph, name } = signOf(edge.polarity);
      if (!glyph || !shown.counts.get(edge.id) || (scale < 0.5 && !isLit(edge.id))) continue;
      const at = middleOf(edge.id, covers);
      if (!at) continue;
      context.globalAlpha = isLit(edge.id) ? 1 : FADED;
      context.beginPath();
      context.arc(at.x, at.y, size * 0.58, 0, 2 * Math.PI);
      context.fillStyle = theme("paper");
      context.fill();
      context.fillStyle = theme(name);
      context.fillText(glyph, at.x, at.y + size * 0.06);
    }
  }

  function drawIcon(context, node) {
    const path = icons.get(node.kind);
    if (!path) return;
    const side = sizeOf(node) * 1.24;
    const { x, y } = placeOf(node.id);
    context.save();
    context.globalAlpha = isLit(node.id) ? 1 : FADED;
    context.translate(x - side / 2, y - side / 2);
    context.scale(side / 24, side / 24);
    context.fillStyle = theme("icon");
    context.fill(path);
    context.restore();
  }

  /** The same names as long as nothing but the place of one entity or of the whole picture changes. */
  function namesAt(context, scale) {
    const { x, y } = network.getViewPosition();
    const key = `${scale} ${many ? "" : `${Math.round(x)} ${Math.round(y)}`}`;
    if (names !== null && (moving || names.key === key)) return names.placed;
    const isFirst = (node) => node.id === hovered || shown.selected.has(node.id);
    const isBold = (node) => isFirst(node) || (shown.lit !== null && isLit(node.id));
    const rank = (node) => (isFirst(node) ? 0 : isLit(node.id) ? 1 : 2);
    const drawn = ranked.filter((node) => shown.visible.has(node.id)).map((node) => ({ node, at: placeOf(node.id) }));
    drawn.sort((a, b) => rank(a.node) - rank(b.node));
    const [half, high] = [container.clientWidth / scale, container.clientHeight / scale];
    names = { key, placed: placeNames(context, scale, drawn, { isFirst, isBold, sizeOf, below: crowds(), within: boxAround(x, y, half, high) }) };
    return names.placed;
  }

  function drawNames(context, scale) {
    context.textBaseline = "top";
    context.strokeStyle = theme("paper");
    context.fillStyle = theme("ink");
    for (const { node, lines, dx, dy, size, bold } of namesAt(context, scale)) {
      const { x, y } = placeOf(node.id);
      context.font = `${bold ? 650 : 500} ${size}px ${FONT}`;
      context.lineWidth = size * 0.32;
      context.globalAlpha = isLit(node.id) ? 1 : 0.3;
      for (const [index, line] of lines.entries()) {
        const top = y + dy + index * size * 1.15;
        if (!(many && moving)) context.strokeText(line, x + dx, top);
        context.fillText(line, x + dx, top);
      }
    }
  }

  /** Whether more lines leave an entity downwards than upwards, so that its name stands on the emptier side. */
  function crowds() {
    const crowding = new Map();
    for (const edge of data.edges) {
      if (!shown.counts.get(edge.id)) continue;
      const [from, to] = [placeOf(edge.from), placeOf(edge.to)];
      const steep = (to.y - from.y) / (Math.hypot(to.x - from.x, to.y - from.y) || 1);
      if (Math.abs(steep) < 0.5) continue;
      crowding.set(edge.from, (crowding.get(edge.from) ?? 0) + steep);
      crowding.set(edge.to, (crowding.get(edge.to) ?? 0) - steep);
    }
    return crowding;
  }

  /** Bring these entities, or all that are shown, into the picture. */
  function fit(ids = shown.visible, closest = MAX_SCALE) {
    const places = [...ids].filter((id) => network.body.nodes[id]).map(placeOf);
    if (!places.length) return;
    const [left, right] = [Math.min(...places.map(({ x }) => x)), Math.max(...places.map(({ x }) => x))];
    const [top, bottom] = [Math.min(...places.map(({ y }) => y)), Math.max(...places.map(({ y }) => y))];
    const { clientWidth, clientHeight } = container;
    const [wide, high] = [clientWidth - 2 * Math.min(MARGIN.across, clientWidth / 8), clientHeight - 2 * Math.min(MARGIN.down, clientHeight / 8)];
    const scale = Math.min(closest, Math.max(wide, 50) / (right - left || 1), Math.max(high, 50) / (bottom - top || 1));
    names = null;
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale });
  }

  let width = container.clientWidth;
  new ResizeObserver(() => {
    if (Math.abs(container.clientWidth - width) > 2) {
      width = container.clientWidth;
      requestAnimationFrame(() => fit());
    }
  }).observe(container);

  return {
    still,
    render,
    fit,
    /** Draw again, in other colours. */
    repaint: () => network && paint(shown),
    canvas: () => container.querySelector("canvas"),
    /** Bring an entity, or the middle of a line, into the middle of the picture. */
    look(id) {
      const position = network.body.nodes[id] ? placeOf(id) : middleOf(id);
      if (!position) return;
      const options = { position, scale: Math.max(network.getScale(), 0.8) };
      network.moveTo(still ? options : { ...options, animation: { duration: 250, easingFunction: "easeInOutQuad" } });
    },
    /** Where an entity or the middle of a line stands in the window, for whoever wants to click there. */
    placeOf(id) {
      const position = network.body.nodes[id] ? placeOf(id) : middleOf(id);
      if (!position) return null;
      const { x, y } = network.canvasToDOM(position);
      const frame = container.getBoundingClientRect();
      return { x: frame.left + x, y: frame.top + y };
    },
  };
}

function optionsOf(data) {
  const options = JSON.parse(data.options);
  const common = { shapeProperties: { interpolation: false }, labelHighlightBold: false };
  const lines = { arrowStrikethrough: false, smooth: { enabled: false }, hoverWidth: 1 };
  return { ...options, autoResize: true, nodes: { ...common, ...options.nodes }, edges: { ...lines, ...options.edges } };
}

/** vis-network works out a font for each label, which takes a fifth of its time, and draws none of them: one does for all. */
function shareFonts(label) {
  const labels = Object.getPrototypeOf(label);
  const { update } = labels;
  const fonts = new Map(); // of nodes and of edges
  labels.update = function (options, pile) {
    if (fonts.has(this.isEdgeLabel)) Object.assign(this, { elementOptions: options, fontOptions: fonts.get(this.isEdgeLabel) });
    else update.call(this, options, pile);
    fonts.set(this.isEdgeLabel, this.fontOptions);
  };
}

function isSamePicture(one, other) {
  const isSameSet = (a, b) => a === b || (a !== null && b !== null && a.size === b.size && [...a].every((id) => b.has(id)));
  const sets = ["visible", "lit", "selected"].every((name) => isSameSet(one[name], other[name]));
  return sets && one.counts.size === other.counts.size && [...one.counts].every(([id, count]) => other.counts.get(id) === count);
}

/** A colour with so much of itself and the rest of another, as #rrggbb; solid, so that nothing shines through. One of another form is pale. */
function mixed(color, other, share) {
  const parts = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const base = parts(other);
  const own = /^#[0-9a-f]{6}$/i.test(color) ? parts(color) : [128, 128, 128];
  return `rgb(${own.map((value, index) => Math.round(value * share + base[index] * (1 - share))).join(",")})`;
}
