// What tells claims and entities apart: sign, modality class, kind.

const SIGNS = [
  { key: 1, name: "plus", word: "friendly", glyph: "+" },
  { key: -1, name: "minus", word: "hostile", glyph: "×" },
  { key: 0, name: "zero", word: "neutral", glyph: "" },
];
const CLASSES = [
  { key: "actual", hint: "stated as fact" },
  { key: "uncertain", hint: "possible, planned" },
  { key: "negative", hint: "denied, doubted" },
];
const KINDS = [{ key: "person" }, { key: "group" }, { key: "country" }];

function signOf(polarity) {
  return SIGNS.find((sign) => sign.key === polarity) ?? SIGNS[2];
}
