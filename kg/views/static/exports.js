// What is shown, as files: the picture as PNG, its claims as CSV and JSON.

const CSV_COLUMNS = "id source relation target label polarity modality modality_class claimer claimed event outlet published title url confidence sentence cue".split(" ");

function download(name, blob) {
  const url = URL.createObjectURL(blob);
  make("a", { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}

/** Claims as flat rows, with names instead of numbers. */
function rowsOf(cards, page, nameOf) {
  return cards.map((card) => {
    const { outlet, published, title, url } = page.documents[card.document];
    const { id, relation, label, polarity, modality, modality_class, claimed, event, confidence } = card;
    const own = { id, relation, label, polarity, modality, modality_class, claimed, event, confidence, outlet, published, title, url };
    const target = card.target === undefined ? null : nameOf(card.target);
    const row = { ...own, source: nameOf(card.source), target, claimer: card.voice.name, sentence: textOf(card.sentence), cue: textOf(card.sentence, "cue") };
    return Object.fromEntries(CSV_COLUMNS.map((name) => [name, row[name] ?? null]));
  });
}

/** A value in a cell of CSV; a quote before =, +, - or @ is the spreadsheets' own sign for text. */
function cell(value) {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = String(value).replace(/[\x00-\x08\x0b-\x1f\x7f-\x9f]/g, "");
  const safe = /^\s*[=+\-@\uff1d\uff0b\uff0d\uff20]/.test(text) ? `'${text}` : text;
  return /[",\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

function csvOf(rows) {
  return [CSV_COLUMNS, ...rows.map(Object.values)].map((row) => `${row.map(cell).join(",")}\n`).join("");
}

/** The canvas with its paper behind it and a line of words underneath. */
function pngOf(canvas, title, caption, theme) {
  const ratio = canvas.width / canvas.clientWidth || 1;
  const foot = Math.round(46 * ratio);
  const whole = make("canvas", { width: canvas.width, height: canvas.height + foot });
  const context = whole.getContext("2d");
  context.fillStyle = theme("paper");
  context.fillRect(0, 0, whole.width, whole.height);
  context.drawImage(canvas, 0, 0);
  context.fillStyle = theme("ink");
  context.font = `600 ${14 * ratio}px ${FONT}`;
  context.fillText(shorten(title, 120), 14 * ratio, canvas.height + 16 * ratio, whole.width - 28 * ratio);
  context.fillStyle = theme("soft");
  context.font = `400 ${12 * ratio}px ${FONT}`;
  const key = "+ friendly, × hostile; solid actual, dashed uncertain, dotted negative";
  context.fillText(`${caption} · ${key}`, 14 * ratio, canvas.height + 35 * ratio, whole.width - 28 * ratio);
  return new Promise((done) => whole.toBlob(done, "image/png"));
}
