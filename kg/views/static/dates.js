// When things were said: days, a histogram of claims by day, week, month or year, and two handles that choose a stretch of it.

const DAY = 86_400_000;
const BINS = 60;

/** The day that a date of the data begins on, "2024-05" -> "2024-05-01"; null where there is none. */
function dayOf(text) {
  const found = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?!\d)/.exec(text ?? "");
  if (!found) return null;
  const day = `${found[1]}-${found[2] ?? "01"}-${found[3] ?? "01"}`;
  const time = Date.parse(`${day}T00:00:00Z`);
  return Number.isNaN(time) || isoDay(time) !== day ? null : day;
}

function isoDay(time) {
  return new Date(time).toISOString().slice(0, 10);
}

/** Stretches of equal length, [{start, end}] in days, both inclusive, from the first day to the last; 60 at most. */
function binsOf(first, last) {
  const [begin, end] = [first, last].map((day) => Date.parse(`${day}T00:00:00Z`));
  const days = (end - begin) / DAY + 1;
  const starts = days <= BINS * 7 ? byDays(begin, end, days <= BINS ? 1 : 7) : byMonths(first, end, days <= BINS * 30.5 ? 1 : 12 * Math.ceil(days / 365.2 / (BINS - 1)));
  return starts.map((start, number) => ({ start: isoDay(start), end: isoDay((starts[number + 1] ?? Math.max(end, start) + DAY) - DAY) }));
}

function byDays(begin, end, step) {
  return Array.from({ length: Math.floor((end - begin) / DAY / step) + 1 }, (_, number) => begin + number * step * DAY);
}

function byMonths(first, end, step) {
  const starts = [];
  const date = new Date(`${first.slice(0, step === 1 ? 7 : 4)}${step === 1 ? "" : "-01"}-01T00:00:00Z`);
  while (date.getTime() <= end) {
    starts.push(date.getTime());
    date.setUTCMonth(date.getUTCMonth() + step);
  }
  return starts;
}

/** The histogram under the picture; it stays hidden where all claims are of one day, or of none. */
function createDates(root, page, keys, filters, changed) {
  const dated = page.cards.map(keys.day).filter((day) => day !== null).sort();
  const bins = dated.length ? binsOf(dated[0], dated.at(-1)) : [];
  root.hidden = bins.length < 2;
  if (root.hidden) return { refresh() {} };
  const undated = page.cards.length - dated.length;
  const last = bins.length - 1;
  const bars = makeSvg("svg", { viewBox: `0 0 ${bins.length} 1`, preserveAspectRatio: "none", "aria-hidden": "true" });
  const words = make("output", { for: "from to" });
  const [from, to] = ["from", "to"].map((id) =>
    make("input", { type: "range", id, min: 0, max: last, step: 1, "aria-label": id === "from" ? "Said on this day or later" : "Said on this day or before", oninput: choose }),
  );
  root.replaceChildren(bars, make("div", { class: "range" }, from, to), words);

  function choose(event) {
    let [one, other] = [Number(from.value), Number(to.value)];
    if (one > other) [one, other] = event.target === from ? [other, other] : [one, one];
    filters.from = one === 0 ? null : bins[one].start;
    filters.to = other === last ? null : bins[other].end;
    changed();
  }

  function binOf(day) {
    let number = last;
    while (number > 0 && bins[number].start > day) number -= 1;
    return number;
  }

  return {
    /** Bars of the claims that pass all other filters: friendly ones above the middle, hostile ones below, neutral ones across it. */
    refresh({ passed, only }) {
      const counts = bins.map(() => ({ plus: 0, zero: 0, minus: 0 }));
      for (const card of [...passed, ...only.date]) {
        const day = keys.day(card);
        if (day !== null) counts[binOf(day)][signOf(card.polarity).name] += 1;
      }
      const [one, other] = [filters.from === null ? 0 : binOf(filters.from), filters.to === null ? last : binOf(filters.to)];
      const high = Math.max(1, ...counts.map(({ plus, zero, minus }) => Math.max(plus, minus) + zero / 2));
      bars.replaceChildren(
        ...counts.flatMap(({ plus, zero, minus }, number) => {
          const parts = [["plus", -zero / 2 - plus, plus], ["zero", -zero / 2, zero], ["minus", zero / 2, minus]];
          const opacity = one <= number && number <= other ? null : 0.25;
          return parts.filter(([, , tall]) => tall).map(([name, top, tall]) =>
            makeSvg("rect", { x: number + 0.06, y: (1 + top / high) / 2, width: 0.88, height: tall / high / 2, class: name, opacity }),
          );
        }),
      );
      [from.value, to.value] = [one, other];
      from.setAttribute("aria-valuetext", filters.from ?? bins[0].start);
      to.setAttribute("aria-valuetext", filters.to ?? bins[last].end);
      const left = filters.from === null && filters.to === null ? "" : undated ? ` · ${plural(undated, "claim")} without a date left out` : "";
      words.textContent = `said ${filters.from ?? dated[0]} to ${filters.to ?? dated.at(-1)}${left || " · + up, × down"}`;
    },
  };
}
