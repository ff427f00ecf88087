// The other pages of a set, which lie in the same folder.

const FILE = /^[a-z]+(-[0-9a-f]+)?\.html$/;

/** `place`: what stands behind "#" there, as {name: value}. */
function pageLink(file, words, place = null) {
  const hash = place ? `#${new URLSearchParams(place)}` : "";
  return FILE.test(file) ? make("a", { href: `${file}${hash}` }, words) : null;
}

/** A row of links; hidden where a page stands alone. */
function showPages(root, pages) {
  root.replaceChildren(...pages.map(([title, file]) => pageLink(file, named(title))).filter(Boolean));
  root.hidden = !root.children.length;
}
