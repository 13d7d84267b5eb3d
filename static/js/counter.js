/* How many characters a box holds, of how many it may: for every box marked "counted". */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  document.querySelectorAll("textarea.counted[data-limit]").forEach((box) => {
    const limit = Number(box.dataset.limit);
    const count = document.createElement("output");
    count.className = "count";
    count.htmlFor = box.id;
    box.after(count);
    const show = () => {
      const length = [...box.value.normalize("NFC")].length;
      count.textContent = `${length}/${limit}`;
      count.classList.toggle("count-near", length > limit * 0.9);
      count.classList.toggle("count-over", length > limit);
    };
    box.addEventListener("input", show);
    show();
  });

  // A title is one line, however it wraps.
  document.querySelector("textarea.headline-box")?.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && !event.isComposing) {
      event.preventDefault();
    }
  });
});
