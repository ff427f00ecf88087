// Claims over time: friendly ones upwards, hostile ones downwards, those without a sign in a lane below; of the claims that are shown.

const TALL = 84; // of the highest bar to one side
const WIDE = 900;
const AXIS = 44;

/** The day it was so, else was said. */
function whenOf(card, said) {
  return dayOf(card.event) ?? dayOf((card.event ?? "").split(" to ")[1]) ?? said(card);
}

/** The days between which bars are drawn: without the few that lie far from all others ("since 1945" in the news of a week). */
function spanOf(days) {
  const few = Math.floor(days.length / 50);
  const [low, high] = [days[few], days[days.length - 1 - few]].map((day) => Date.parse(`${day}T00:00:00Z`));
  const room = Math.max((high - low) / 2, 30 * DAY);
  const within = days.filter((day) => low - room <= Date.parse(`${day}T00:00:00Z`) && Date.parse(`${day}T00:00:00Z`) <= high + room);
  return [within[0], within.at(-1)];
}

/** {bins, bars: [{bin, sign, class, cards}], undated, outside} */
function timelineOf(cards, said) {
  const dated = cards.map((card) => ({ card, day: whenOf(card, said) })).filter(({ day }) => day !== null);
  if (!dated.length) return { bins: [], bars: [], undated: cards.length, outside: 0 };
  const [first, last] = spanOf(dated.map(({ day }) => day).sort());
  const bins = binsOf(first, last);
  const bars = new Map();
  let outside = 0;
  for (const { card, day } of dated) {
    if (day < first || day > last) {
      outside += 1;
      continue;
    }
    let bin = bins.length - 1;
    while (bin > 0 && bins[bin].start > day) bin -= 1;
    const key = `${bin} ${card.polarity} ${card.modality_class}`;
    const bar = bars.get(key) ?? { bin, sign: card.polarity, class: card.modality_class, cards: [] };
    bar.cards.push(card);
    bars.set(key, bar);
  }
  return { bins, bars: [...bars.values()], undated: cards.length - dated.length, outside };
}

function titleOfBar({ start, end, sign, class: name }, count) {
  const days = start === end ? start : `${start} to ${end}`;
  return `${days}: ${NUMBER.format(count)} ${signOf(sign).word}, ${name}`;
}

function isInBar({ start, end, sign, class: name }, card, said) {
  const day = whenOf(card, said);
  return day !== null && start <= day && day <= end && card.polarity === sign && card.modality_class === name;
}

/** `choose`: {start, end, sign, class} of a bar, both days inclusive. */
function createTimeline(details, keys, choose) {
  const words = details.querySelector("p");
  const root = details.querySelector("div");
  let cards = [];

  /** Bars of one sign in one stretch of time stand on each other, actual ones next to the axis. */
  function stacks({ bins, bars }) {
    const sums = new Map();
    for (const bar of bars) sums.set(`${bar.bin} ${bar.sign}`, (sums.get(`${bar.bin} ${bar.sign}`) ?? 0) + bar.cards.length);
    const most = Math.max(...sums.values());
    const step = (WIDE - AXIS - 10) / bins.length;
    const used = new Map();
    const order = (bar) => bar.bin * 10 + CLASSES.findIndex(({ key }) => key === bar.class);
    const boxes = [...bars].sort((a, b) => order(a) - order(b)).map((bar) => {
      const high = (bar.cards.length / most) * TALL * (bar.sign ? 1 : 0.6);
      const before = used.get(`${bar.bin} ${bar.sign}`) ?? 0;
      used.set(`${bar.bin} ${bar.sign}`, before + high);
      const base = bar.sign ? TALL + 14 : 2 * TALL + 84;
      const y = bar.sign < 0 ? base + before : base - before - high;
      return { bar, x: AXIS + bar.bin * step, y, width: Math.min(step * 0.8, 40), height: high };
    });
    return { boxes, most, step };
  }

  function axis(bins, most, step) {
    const lines = [[14, most], [TALL + 14, 0], [2 * TALL + 14, most]].map(([y, number]) => [
      makeSvg("path", { d: `M${AXIS} ${y}H${WIDE}` }),
      makeSvg("text", { x: AXIS - 6, y: y + 4, "text-anchor": "end" }, NUMBER.format(number)),
    ]);
    const every = Math.ceil(bins.length / 9);
    const days = bins.map((bin, number) => (number % every ? null : makeSvg("text", { x: AXIS + number * step, y: 2 * TALL + 102 }, bin.start)));
    return [lines, days];
  }

  function draw() {
    if (!details.open) return;
    const timeline = timelineOf(cards, keys.day);
    const left = [timeline.undated && `${NUMBER.format(timeline.undated)} without a date`, timeline.outside && `${NUMBER.format(timeline.outside)} far outside, not drawn`];
    const rest = left.filter(Boolean).join(", ");
    words.textContent = timeline.bars.length
      ? `Of the ${plural(cards.length, "claim")} that pass the filters, by the day it was so, else was said${rest && ` (${rest})`}. Upwards friendly, downwards hostile, below neutral; full actual, dashed uncertain, dotted negative.`
      : `No claim that passes the filters has a date.`;
    root.replaceChildren();
    if (!timeline.bars.length) return;
    const { boxes, most, step } = stacks(timeline);
    const bars = boxes.map(({ bar, ...box }, number) => {
      const one = { ...timeline.bins[bar.bin], sign: bar.sign, class: bar.class };
      const title = titleOfBar(one, bar.cards.length);
      const rect = makeSvg("rect", { ...box, class: `${signOf(bar.sign).name} ${bar.class}` });
      const pick = () => choose(one);
      const press = (event) => ["Enter", " "].includes(event.key) && (event.preventDefault(), pick());
      const at = { "data-row": -Math.sign(bar.sign) || 2, "data-column": bar.bin };
      return makeSvg("g", { role: "button", tabindex: number ? -1 : 0, "aria-label": title, onclick: pick, onkeydown: press, ...at }, makeSvg("title", {}, title), rect);
    });
    root.append(makeSvg("svg", { viewBox: `0 0 ${WIDE} ${2 * TALL + 108}`, role: "group", "aria-label": "Claims over time" }, axis(timeline.bins, most, step), bars));
  }

  rove(root, "g[role=button]", (one) => ({ row: Number(one.dataset.row), column: Number(one.dataset.column) }));
  details.addEventListener("toggle", draw);
  return {
    /** Of these claims. */
    render(next) {
      if (isSame(cards, next)) return;
      cards = next;
      draw();
    },
  };
}
