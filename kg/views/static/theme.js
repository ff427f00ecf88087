// Light or dark, as the reader's system has it or as chosen here; colours are read from the style sheet once for each.

function createTheme(changed) {
  const root = document.documentElement;
  const dark = matchMedia("(prefers-color-scheme: dark)");
  let colors = new Map();

  function forget() {
    colors = new Map();
    changed();
  }

  function set(name) {
    if (name) root.dataset.theme = name;
    else delete root.dataset.theme;
    forget();
  }

  dark.addEventListener("change", forget);
  return {
    /** The colour of this name. */
    color(name) {
      if (!colors.has(name)) colors.set(name, getComputedStyle(root).getPropertyValue(`--${name}`).trim());
      return colors.get(name);
    },
    /** "light" or "dark" when the reader chose it, null when the system does. */
    chosen: () => root.dataset.theme ?? null,
    set,
    toggle() {
      const now = root.dataset.theme ?? (dark.matches ? "dark" : "light");
      const other = now === "dark" ? "light" : "dark";
      set(other === (dark.matches ? "dark" : "light") ? null : other);
    },
  };
}
