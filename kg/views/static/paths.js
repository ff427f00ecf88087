// The shortest way from one entity to another over the lines that are shown.

/** Ids from `from` to `to`, or null; of equally short ways the one over lines with more claims. `lines`: [{edge, cards}] */
function findPath(lines, from, to) {
  const near = new Map();
  const join = (one, other, claims) => near.set(one, (near.get(one) ?? new Map()).set(other, (near.get(one)?.get(other) ?? 0) + claims));
  for (const { edge, cards } of lines) {
    join(edge.from, edge.to, cards.length);
    join(edge.to, edge.from, cards.length);
  }
  const before = new Map([[from, null]]);
  let reached = [from];
  while (reached.length && !before.has(to)) {
    const steps = reached.flatMap((one) => [...(near.get(one) ?? [])].map(([other, claims]) => ({ one, other, claims })));
    reached = [];
    for (const { one, other } of steps.sort((a, b) => b.claims - a.claims || (a.other < b.other ? -1 : 1))) {
      if (before.has(other)) continue;
      before.set(other, one);
      reached.push(other);
    }
  }
  if (!before.has(to)) return null;
  const path = [to];
  while (path[0] !== from) path.unshift(before.get(path[0]));
  return path;
}

/** What joins each two neighbours of a path: [{from, to, lines}] */
function stepsOf(path, lines) {
  return path.slice(1).map((to, number) => {
    const ends = [path[number], to];
    return { from: ends[0], to, lines: lines.filter(({ edge }) => ends.includes(edge.from) && ends.includes(edge.to) && edge.from !== edge.to) };
  });
}
