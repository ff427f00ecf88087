// The canvas: vis-network draws lines and symbols, we draw signs, icons and names so that they stay readable at any zoom.

const FADED = 0.13;
const MARGIN = { across: 58, down: 48 }; // pixels around the picture, for the names at its edges
const MAX_SCALE = 1.35;

function readTheme() {
  const style = getComputedStyle(document.documentElement);
  return (name) => style.getPropertyValue(`--${name}`).trim();
}

function createPicture(container, data, handlers) {
  const { page } = data;
  const icons = new Map(Object.entries(page.icons).map(([kind, path]) => [kind, new Path2D(path)]));
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches;
  const nodes = new vis.DataSet(data.nodes.map((node) => ({ id: node.id, x: node.x, y: node.y, size: node.size, shape: node.shape })));
  const edges = new vis.DataSet(
    data.edges.map((edge) => ({
      id: edge.id,
      from: edge.from,
      to: edge.to,
      smooth: edge.smooth,
      arrows: arrowsOf(edge),
    })),
  );
  let theme = readTheme();
  let shown = { counts: new Map(), visible: new Set(), lit: null, selected: null };
  let hovered = null;
  const network = new vis.Network(container, { nodes, edges }, optionsOf(data));

  network.on("click", ({ nodes: [node], edges: [edge] }) => {
    if (node !== undefined) handlers.entity(node);
    else if (edge !== undefined) handlers.line(edge);
    else handlers.nothing();
  });
  container.addEventListener("pointerdown", () => container.classList.add("pointed"), true);
  document.addEventListener("keydown", (event) => event.key === "Tab" && container.classList.remove("pointed"));
  network.on("hoverNode", ({ node }) => hover(node));
  network.on("blurNode", () => hover(null));
  network.on("hoverEdge", () => container.classList.add("pointing"));
  network.on("blurEdge", () => container.classList.remove("pointing"));
  network.on("afterDrawing", (context) => drawOver(context));

  function hover(node) {
    hovered = node;
    container.classList.toggle("pointing", node !== null);
    network.redraw();
  }

  /** Show lines by their count of claims, entities that are `visible`; `lit` (ids of both) stand out, all are lit when null. */
  function render(next) {
    shown = next;
    nodes.update(data.nodes.map(nodeStyle));
    edges.update(data.edges.map(edgeStyle));
  }

  function isLit(id) {
    return shown.lit === null || shown.lit.has(id);
  }

  function nodeStyle(node) {
    const selected = shown.selected === node.id;
    const full = theme(node.kind ?? "zero");
    const color = isLit(node.id) ? full : mixed(full, theme("paper"), FADED + 0.05);
    const border = selected ? theme("ink") : theme("paper");
    return {
      id: node.id,
      hidden: !shown.visible.has(node.id),
      borderWidth: selected ? 4 : 2,
      color: { background: color, border, hover: { background: color, border: theme("ink") } },
    };
  }

  function edgeStyle(edge) {
    const count = shown.counts.get(edge.id) ?? 0;
    const pens = page.pens[edge.modality_class] ?? page.pens.actual;
    const [width, dashes] = pens[Math.min(Math.max(count, 1), pens.length) - 1];
    const color = theme(signOf(edge.polarity).name);
    const opacity = isLit(edge.id) ? 1 : FADED;
    return {
      id: edge.id,
      hidden: count === 0,
      width,
      hoverWidth: 1,
      dashes,
      color: { color, hover: color, opacity, inherit: false },
    };
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

  function shapes() {
    const visible = data.nodes.length > 400 ? [] : data.nodes.filter((node) => shown.visible.has(node.id));
    return visible.map((node) => {
      const { x, y } = network.getPosition(node.id);
      return boxAround(x, y, node.size + 5, node.size + 5);
    });
  }

  function drawOver(context) {
    const scale = network.getScale();
    context.textAlign = "center";
    context.lineJoin = "round";
    const drawn = data.nodes.filter((node) => shown.visible.has(node.id)).map((node) => ({ node, at: network.getPosition(node.id) }));
    if (scale > 0.5 || shown.counts.size < 200 || shown.lit) drawSigns(context, scale);
    for (const { node, at } of drawn) if (node.size * scale > 5) drawIcon(context, node, at);
    drawNames(context, scale, drawn);
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

  function drawIcon(context, node, at) {
    const path = icons.get(node.kind);
    if (!path) return;
    const side = node.size * 1.24;
    context.save();
    context.globalAlpha = isLit(node.id) ? 1 : FADED;
    context.translate(at.x - side / 2, at.y - side / 2);
    context.scale(side / 24, side / 24);
    context.fillStyle = theme("icon");
    context.fill(path);
    context.restore();
  }

  /** Names at a readable size, the most spoken of first; one that would lie on another name or on a symbol waits for a closer look. */
  function drawNames(context, scale, drawn) {
    const size = Math.min(Math.max(13, 11.5 / scale), 46);
    const taken = drawn.map(({ node, at }) => boxAround(at.x, at.y, node.size, node.size));
    const crowding = crowds();
    const first = (node) => node.id === hovered || node.id === shown.selected;
    const order = [...drawn].sort((a, b) => first(b.node) - first(a.node) || isLit(b.node.id) - isLit(a.node.id) || b.node.claims - a.node.claims);
    context.textBaseline = "top";
    context.lineWidth = size * 0.32;
    context.strokeStyle = theme("paper");
    for (const { node, at } of order) {
      const lines = String(node.label ?? node.id).split("\n");
      const bold = first(node) || (shown.lit !== null && isLit(node.id));
      context.font = `${bold ? 650 : 500} ${size}px ${FONT}`;
      const half = Math.max(...lines.map((line) => context.measureText(line).width)) / 2;
      const high = (lines.length * size * 1.15) / 2;
      const sides = [at.y + node.size + 4 + high, at.y - node.size - 4 - high];
      if (crowding.get(node.id) > 0) sides.reverse();
      const boxes = sides.map((y) => boxAround(at.x, y, half, high));
      const box = boxes.find((one) => !taken.some((other) => overlap(one, other))) ?? (first(node) ? boxes[0] : null);
      if (box === null) continue;
      taken.push(box);
      const { top } = box;
      context.globalAlpha = isLit(node.id) ? 1 : 0.3;
      context.fillStyle = theme("ink");
      for (const [index, line] of lines.entries()) {
        const y = top + index * size * 1.15;
        context.strokeText(line, at.x, y);
        context.fillText(line, at.x, y);
      }
    }
  }

  /** Whether more lines leave an entity downwards than upwards, so that its name stands on the emptier side. */
  function crowds() {
    const crowding = new Map();
    for (const edge of data.edges) {
      if (!shown.counts.get(edge.id)) continue;
      const [from, to] = [network.getPosition(edge.from), network.getPosition(edge.to)];
      const steep = (to.y - from.y) / (Math.hypot(to.x - from.x, to.y - from.y) || 1);
      if (Math.abs(steep) < 0.5) continue;
      crowding.set(edge.from, (crowding.get(edge.from) ?? 0) + steep);
      crowding.set(edge.to, (crowding.get(edge.to) ?? 0) - steep);
    }
    return crowding;
  }

  function fit() {
    const places = data.nodes.filter((node) => shown.visible.has(node.id)).map((node) => network.getPosition(node.id));
    if (!places.length) return;
    const [left, right] = [Math.min(...places.map(({ x }) => x)), Math.max(...places.map(({ x }) => x))];
    const [top, bottom] = [Math.min(...places.map(({ y }) => y)), Math.max(...places.map(({ y }) => y))];
    const [wide, high] = [container.clientWidth - 2 * MARGIN.across, container.clientHeight - 2 * MARGIN.down];
    const scale = Math.min(MAX_SCALE, Math.max(wide, 50) / (right - left || 1), Math.max(high, 50) / (bottom - top || 1));
    network.moveTo({ position: { x: (left + right) / 2, y: (top + bottom) / 2 }, scale });
  }

  let width = 0;
  new ResizeObserver(() => {
    if (Math.abs(container.clientWidth - width) > 2) {
      width = container.clientWidth;
      requestAnimationFrame(fit);
    }
  }).observe(container);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => {
    theme = readTheme();
    render(shown);
  });

  return {
    render,
    fit,
    /** Bring an entity, or the middle of a line, into the middle of the picture. */
    look(id) {
      const position = network.body.nodes[id] ? network.getPosition(id) : middleOf(id);
      if (!position) return;
      const options = { position, scale: Math.max(network.getScale(), 0.8) };
      network.moveTo(still ? options : { ...options, animation: { duration: 250, easingFunction: "easeInOutQuad" } });
    },
    /** Where an entity or the middle of a line stands in the window, for whoever wants to click there. */
    placeOf(id) {
      const position = network.body.nodes[id] ? network.getPosition(id) : middleOf(id);
      if (!position) return null;
      const { x, y } = network.canvasToDOM(position);
      const frame = container.getBoundingClientRect();
      return { x: frame.left + x, y: frame.top + y };
    },
  };
}

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif';

function arrowsOf(edge) {
  const ends = String(edge.arrows ?? "").split(", ");
  const end = (name) => ({ enabled: ends.includes(name), scaleFactor: Math.min(0.6, 0.9 / Math.sqrt(Math.max(edge.width ?? 1, 1))) });
  return { to: end("to"), from: end("from") };
}

function optionsOf(data) {
  const options = JSON.parse(data.options);
  const common = { shapeProperties: { interpolation: false }, labelHighlightBold: false };
  return { ...options, autoResize: true, nodes: { ...common, ...options.nodes }, edges: { arrowStrikethrough: false, ...options.edges } };
}

/** A colour with so much of itself and the rest of another, both as #rrggbb; solid, so that nothing shines through. */
function mixed(color, other, share) {
  const parts = (hex) => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16));
  const base = parts(other);
  return `rgb(${parts(color).map((value, index) => Math.round(value * share + base[index] * (1 - share))).join(",")})`;
}

function boxAround(x, y, half, high) {
  return { left: x - half, right: x + half, top: y - high, bottom: y + high };
}

function contains(box, { x, y }) {
  return box.left < x && x < box.right && box.top < y && y < box.bottom;
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}
