/* The list of articles: its form sends no empty boxes; "all", Shift and a count help to choose many. */
"use strict";

(() => {
  const form = document.querySelector(".list-form");
  const empty = () => [...form.elements].filter((box) => box.name && box.value === "");
  form.addEventListener("submit", () => {
    empty().forEach((box) => {
      box.disabled = true;
    });
  });
  // A page that the browser kept comes back with its boxes as they were sent.
  window.addEventListener("pageshow", () => {
    empty().forEach((box) => {
      box.disabled = false;
    });
  });

  const boxes = [...document.querySelectorAll(".choose-one")];
  const bar = document.querySelector(".bulk-bar");
  if (!bar || !boxes.length) {
    return;
  }
  const all = bar.querySelector(".choose-all input");
  const count = bar.querySelector(".bulk-count");
  let last = null;

  const show = () => {
    const number = boxes.filter((box) => box.checked).length;
    all.checked = number === boxes.length;
    all.indeterminate = number > 0 && number < boxes.length;
    count.textContent = number ? `${number} / ${boxes.length}` : "";
    bar.classList.toggle("in-use", number > 0);
    boxes.forEach((box) => box.closest("tr").classList.toggle("chosen", box.checked));
  };

  all.parentElement.hidden = false;
  all.addEventListener("change", () => {
    boxes.forEach((box) => {
      box.checked = all.checked;
    });
    show();
  });
  boxes.forEach((box, place) => {
    box.addEventListener("click", (event) => {
      if (event.shiftKey && last !== null) {
        boxes.slice(Math.min(last, place), Math.max(last, place) + 1).forEach((other) => {
          other.checked = box.checked;
        });
      }
      last = place;
      show();
    });
  });
  window.addEventListener("pageshow", show);
})();
