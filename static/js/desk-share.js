/* The new link goes to the clipboard by one button, where the browser has one. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const input = document.querySelector(".share-made input");
  const button = document.querySelector(".share-made button");
  input?.addEventListener("focus", () => input.select());
  if (!input || !button || !navigator.clipboard) {
    return;
  }
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(input.value);
    button.textContent = button.dataset.copied;
  });
});
