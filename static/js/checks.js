/* A finding leads to its box, also where the box is folded away or an editor or a search box stands in its place. */
"use strict";

document.addEventListener("click", (event) => {
  const link = event.target.closest('.checks a[href^="#"]');
  const box = link && document.getElementById(link.hash.slice(1));
  if (!box) {
    return;
  }
  event.preventDefault();
  for (const fold of [box.closest("details"), box.querySelector("details")]) {
    if (fold) {
      fold.open = true;
    }
  }
  const editor = window.CKEDITOR?.instances[box.id];
  if (editor) {
    editor.container?.$.scrollIntoView({ block: "center" });
    editor.focus();
    return;
  }
  const search = (box.matches("select") ? box.parentElement : box).querySelector(".select2-selection");
  const inside = box.matches("input, select, textarea") ? box : box.querySelector("input:not([type=hidden]), select, textarea");
  (search ?? box).scrollIntoView({ block: search || inside === box ? "center" : "start" });
  (search ?? inside)?.focus({ preventScroll: true });
});
