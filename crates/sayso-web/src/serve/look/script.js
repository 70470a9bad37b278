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
