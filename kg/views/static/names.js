// Where names stand beside their entities: each at a readable size, none on another one or on a symbol.

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "DejaVu Sans", sans-serif';
const LEAST = 6.5; // pixels of a letter; smaller ones say nothing
const TIERS = 260; // names tried at once; of more only those of the most spoken of, until one comes closer

function boxAround(x, y, half, high) {
  return { left: x - half, right: x + half, top: y - high, bottom: y + high };
}

function contains(box, { x, y }) {
  return box.left < x && x < box.right && box.top < y && y < box.bottom;
}

function overlap(one, other) {
  return one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
}

/** Boxes that answer quickly whether one more would lie on any of them. */
function createRoom(side) {
  const cells = new Map();
  function* cellsOf(box) {
    for (let x = Math.floor(box.left / side); x <= Math.floor(box.right / side); x += 1) {
      for (let y = Math.floor(box.top / side); y <= Math.floor(box.bottom / side); y += 1) yield x * 100_003 + y;
    }
  }
  return {
    take(box) {
      for (const cell of cellsOf(box)) cells.set(cell, [...(cells.get(cell) ?? []), box]);
    },
    isFree(box) {
      for (const cell of cellsOf(box)) for (const other of cells.get(cell) ?? []) if (overlap(box, other)) return false;
      return true;
    },
  };
}

/**
 * Names to draw: [{node, lines, dx, dy, size, bold}], dx and dy from the entity to the middle of their top. `drawn`: [{node, at}], the most important first; a
 * name that `isFirst` is always there, another one waits for a closer look where there is no room on any side. `below`: more lines leave an entity downwards, so
 * the name stands above.
 */
function placeNames(context, scale, drawn, { isFirst, isBold, sizeOf, below, within }) {
  const size = Math.min(Math.max(13, 11.5 / scale), Math.max(46, LEAST / scale));
  const some = 46 * scale < LEAST; // from so far away there is room for a few
  const room = createRoom(size * 12);
  for (const { node, at } of drawn) room.take(boxAround(at.x, at.y, sizeOf(node), sizeOf(node)));
  const placed = [];
  let tried = 0;
  for (const { node, at } of drawn) {
    if (!contains(within, at)) continue;
    tried += 1;
    if (tried > (some ? TIERS / 10 : TIERS) && !isFirst(node)) break;
    const lines = String(node.label ?? node.id).split("\n");
    const bold = isBold(node);
    context.font = `${bold ? 650 : 500} ${size}px ${FONT}`;
    const half = Math.max(...lines.map((line) => context.measureText(line).width)) / 2;
    const high = (lines.length * size * 1.15) / 2;
    const far = sizeOf(node) + 4;
    const sides = [[0, far + high], [0, -far - high], [far + half, 0], [-far - half, 0]];
    if (below.get(node.id) > 0) [sides[0], sides[1]] = [sides[1], sides[0]];
    const boxes = sides.map(([dx, dy]) => boxAround(at.x + dx, at.y + dy, half, high));
    const box = boxes.find(room.isFree) ?? (isFirst(node) ? boxes[0] : null);
    if (box === null) continue;
    room.take(box);
    placed.push({ node, lines, dx: (box.left + box.right) / 2 - at.x, dy: box.top - at.y, size, bold });
  }
  return placed;
}
