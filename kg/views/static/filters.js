// Which claims are shown, and how many each choice would show. What the reader chose is one object; every part reads it.

const OFF = ["sign", "class", "kind"]; // facets of which the reader switches single values off
const ONE = ["relation", "claimer", "outlet"]; // facets of which one value, or any (null), is chosen

/** `from` and `to` are days; `near`: only the selected entity and its neighbours; `alone`: entities without a line, too. */
function createFilters() {
  return {
    sign: new Set(),
    class: new Set(),
    kind: new Set(),
    relation: null,
    claimer: null,
    outlet: null,
    confidence: 0,
    from: null,
    to: null,
    alone: false,
    near: false,
  };
}

/** What a claim is in each facet. */
function createKeys(page, kindOf) {
  const outlets = page.documents.map((one) => one.outlet ?? "");
  const known = new Map(); // the few days on which all was said
  const knownDay = (text) => known.get(text) ?? known.set(text, dayOf(text)).get(text);
  const dayOfCard = new Map(page.cards.map((card) => [card, knownDay(card.claimed ?? page.documents[card.document].published)]));
  return {
    sign: (card) => card.polarity,
    class: (card) => card.modality_class,
    relation: (card) => card.relation,
    claimer: (card) => card.voice.key,
    outlet: (card) => outlets[card.document],
    day: (card) => dayOfCard.get(card),
    kinds: (card) => [card.source, card.target].filter((id) => id !== undefined).map(kindOf),
  };
}

/** The tests a claim must pass, by facet. */
function createTests(filters, keys) {
  const chosen = (name) => (card) => filters[name] === null || keys[name](card) === filters[name];
  return {
    sign: (card) => !filters.sign.has(card.polarity),
    class: (card) => !filters.class.has(card.modality_class),
    kind: (card) => !filters.kind.size || !keys.kinds(card).some((kind) => filters.kind.has(kind)),
    relation: chosen("relation"),
    claimer: chosen("claimer"),
    outlet: chosen("outlet"),
    confidence: (card) => card.confidence >= filters.confidence,
    date: (card) => {
      if (filters.from === null && filters.to === null) return true;
      const day = keys.day(card);
      return day !== null && (filters.from === null || day >= filters.from) && (filters.to === null || day <= filters.to);
    },
  };
}

/** The claims that pass all tests, and by facet those that fail that one only: what its other choices would add. */
function sift(cards, tests) {
  const passed = [];
  const only = Object.fromEntries(Object.keys(tests).map((facet) => [facet, []]));
  const entries = Object.entries(tests);
  for (const card of cards) {
    let failed = null;
    let failures = 0;
    for (const [facet, test] of entries) {
      if (test(card)) continue;
      failed = facet;
      failures += 1;
      if (failures > 1) break;
    }
    if (failures === 0) passed.push(card);
    else if (failures === 1) only[failed].push(card);
  }
  return { passed, only };
}

/** How many claims of each key pass all filters but that of this facet. */
function countBy({ passed, only }, facet, keyOf) {
  const counts = new Map();
  for (const cards of [passed, only[facet]]) for (const card of cards) counts.set(keyOf(card), (counts.get(keyOf(card)) ?? 0) + 1);
  return counts;
}

/** The entities of each kind that claims speak of which pass all filters but that of kinds. */
function countKinds({ passed, only }, kindOf) {
  const seen = new Set([passed, only.kind].flatMap((cards) => cards.flatMap((card) => [card.source, card.target])));
  seen.delete(undefined);
  const counts = new Map();
  for (const id of seen) counts.set(kindOf(id), (counts.get(kindOf(id)) ?? 0) + 1);
  return counts;
}
