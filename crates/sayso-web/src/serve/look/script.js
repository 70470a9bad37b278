// In the review each key does what the button that names it does: a, x, e, n, u.
(() => {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
    const at = document.activeElement;
    const writes = at && at.matches("input, textarea, select");
    if (writes) {
      if (event.key === "Escape") at.blur();
      return;
    }
    const last = event.key === "u" ? document.querySelector("[data-last] .undo button") : null;
    const found = last || document.querySelector(`[data-key="${CSS.escape(event.key)}"]`);
    if (!found) return;
    event.preventDefault();
    if (found.matches("button")) found.click();
    else found.focus();
  });
})();

// A map that is wider than the window begins at the place with most events.
(() => {
  for (const map of document.querySelectorAll(".plot.map")) {
    const place = map.querySelector('a[href="#place-0"]');
    if (!place) continue;
    const [inner, outer] = [place, map].map((one) => one.getBoundingClientRect());
    map.scrollLeft += inner.left + inner.width / 2 - outer.left - outer.width / 2;
  }
})();
