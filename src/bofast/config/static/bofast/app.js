/* j, k and Enter in a worklist, and focus on what must be mended. Everything works without this file.
   The keys can be turned off at the foot of the page (WCAG 2.1.4) and never act while a field has focus. */
"use strict";
(() => {
  const OFF = "bofast-shortcuts-off";
  const rows = () => [...document.querySelectorAll("[data-worklist] tbody tr")].filter((row) => row.querySelector("a[href]"));
  const typing = (target) => target.closest("input, select, textarea, [contenteditable], dialog[open]") !== null;

  function move(step) {
    const all = rows();
    const at = all.findIndex((row) => row.contains(document.activeElement));
    const next = all[Math.min(Math.max(at + step, 0), all.length - 1)];
    next?.querySelector("a[href]").focus();
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target) || localStorage.getItem(OFF)) return;
    if (event.key === "j") move(1);
    if (event.key === "k") move(-1);
  });

  function nameShortcuts(button) {
    button.textContent = localStorage.getItem(OFF) ? button.dataset.on : button.dataset.off;
  }

  const shortcuts = document.querySelector("[data-shortcuts]");
  if (shortcuts && document.querySelector("[data-worklist]")) {
    const button = shortcuts.querySelector("button");
    shortcuts.hidden = false;
    nameShortcuts(button);
    button.addEventListener("click", () => {
      if (localStorage.getItem(OFF)) localStorage.removeItem(OFF);
      else localStorage.setItem(OFF, "1");
      nameShortcuts(button);
    });
  }
  document.querySelector("[data-take-focus]")?.focus();
})();
