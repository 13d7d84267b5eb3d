/* A button that prints the page; without scripts the browser's own menu does. */
"use strict";

document.querySelectorAll(".print-button").forEach((button) => {
  button.hidden = false;
  button.addEventListener("click", () => window.print());
});
