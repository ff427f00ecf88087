// Elements are made one by one; text is only ever text. No string becomes HTML, a style or code.

const SVG = "http://www.w3.org/2000/svg";

/** make("button", {class: "quiet", onclick: f}, "Show", more) */
function make(tag, attributes = {}, ...children) {
  return fill(document.createElement(tag), attributes, children);
}

function makeSvg(tag, attributes = {}, ...children) {
  return fill(document.createElementNS(SVG, tag), attributes, children);
}

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    if (typeof value === "function") element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : String(value));
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

/** A name of others, which may not change the direction of what stands around it. */
function named(text) {
  return make("bdi", {}, text);
}

const NUMBER = new Intl.NumberFormat("en");

function plural(count, one, many = `${one}s`) {
  return `${NUMBER.format(count)} ${count === 1 ? one : many}`;
}

/** A stroke as the picture draws it, for legend and table. */
function swatch(color, [width, dashes]) {
  const line = makeSvg("line", { x1: 1, y1: 6, x2: 35, y2: 6, stroke: `var(--${color})`, "stroke-width": Math.min(width, 4) });
  if (dashes) line.setAttribute("stroke-dasharray", dashes.join(" "));
  return makeSvg("svg", { class: "swatch", viewBox: "0 0 36 12", width: 36, height: 12, "aria-hidden": "true" }, line);
}

/** An entity's symbol: shape, colour and icon of its kind. */
function symbol(kind, path) {
  const shapes = {
    person: () => makeSvg("circle", { cx: 12, cy: 12, r: 11 }),
    group: () => makeSvg("rect", { x: 2, y: 2, width: 20, height: 20 }),
    country: () => makeSvg("path", { d: "M23 12 17.5 21.5h-11L1 12 6.5 2.5h11z" }),
  };
  const icon = makeSvg("path", { d: path, fill: "var(--icon)", transform: "translate(5 5) scale(.58)" });
  const group = makeSvg("g", { fill: `var(--${kind})` }, shapes[kind]());
  return makeSvg("svg", { class: "symbol", viewBox: "0 0 24 24", width: 20, height: 20, "aria-hidden": "true" }, group, icon);
}

function shorten(text, limit) {
  return text.length <= limit ? text : `${text.slice(0, limit - 1)}…`;
}
