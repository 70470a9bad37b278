"use strict";
// Joins a row and its words under the pointer or the focus; j and k walk through the rows, ? opens why.
(() => {
  const owner = (place) => {
    if (!(place instanceof Element)) return null;
    // a time or place inside a source or cue leaves these the word
    const found = place.closest(".s[data-a], .q[data-a]") || place.closest("[data-a], .rows > li");
    return found ? found.dataset.a || found.id : null;
  };
  let lit = [];
  let shown = null;
  const show = (name) => {
    if (name === shown) return;
    for (const element of lit) element.classList.remove("on");
    lit = name ? [document.getElementById(name), ...document.querySelectorAll(`[data-a="${CSS.escape(name)}"]`)] : [];
    lit = lit.filter(Boolean);
    for (const element of lit) element.classList.add("on");
    shown = name;
  };
  document.addEventListener("mouseover", (event) => show(owner(event.target) || owner(document.activeElement)));
  document.addEventListener("focusin", (event) => show(owner(event.target)));
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.target.closest("input, textarea, select")) return;
    if (event.key === "?" && shown) document.getElementById(shown)?.querySelector(".aside a, .why summary")?.click();
    const step = { j: 1, k: -1 }[event.key];
    if (!step) return;
    const links = [...document.querySelectorAll(".rows a.who")].filter((link) => link.offsetParent);
    if (links.length === 0) return;
    const now = links.findIndex((link) => link.closest("li").id === shown);
    const next = links[now < 0 ? (step > 0 ? 0 : links.length - 1) : now + step];
    if (next) next.focus();
  });
})();
