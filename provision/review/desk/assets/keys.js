// Presses what has the key. Everything works by the mouse, and by Tab and Enter,
// without it.
"use strict";
document.addEventListener("keydown", (event) => {
  const typing = event.target.closest("input:not([type=hidden]), select, textarea, button, a, summary");
  if (event.ctrlKey || event.metaKey || event.altKey || event.repeat || (typing && event.key === "Enter") ||
      (typing && typing.matches("input, select, textarea"))) {
    return;
  }
  for (const found of document.querySelectorAll("[data-key]")) {
    if (found.dataset.key === event.key) {
      event.preventDefault();
      found.click();
      return;
    }
  }
});
// A form is sent once, however often somebody clicks.
let sent = false;
document.addEventListener("submit", (event) => {
  if (sent) {
    event.preventDefault();
  }
  sent = true;
});
window.addEventListener("pageshow", () => { sent = false; });
