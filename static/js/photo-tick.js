/* Ticking photos in the library: all of a page at once, and how many are ticked. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const bar = document.querySelector(".photo-bulk");
  const boxes = [...document.querySelectorAll("input[name=photo]")];
  if (!bar || !boxes.length) {
    return;
  }
  const all = Object.assign(document.createElement("input"), { type: "checkbox" });
  const label = document.createElement("label");
  const count = document.createElement("output");
  label.append(all, ` ${bar.dataset.all}`);
  bar.prepend(label);
  bar.append(count);
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && !all.checked;
    count.textContent = ticked ? `${bar.dataset.chosen} ${ticked}` : "";
  };
  all.addEventListener("change", () => {
    for (const box of boxes) {
      box.checked = all.checked;
    }
    show();
  });
  for (const box of boxes) {
    box.addEventListener("change", show);
  }
  show();
});
