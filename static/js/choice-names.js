/* A choice that is found by typing (select2) says its name to those who hear the page: the library leaves it out. */
"use strict";

window.addEventListener("load", () => {
  const nameOf = (select) => {
    const label = select.labels?.[0]?.textContent || select.getAttribute("aria-label");
    if (label) {
      return label.replace(/:\s*$/, "").trim();
    }
    const cell = select.closest("td");
    const head = cell && cell.closest("table")?.tHead?.rows[0]?.cells[cell.cellIndex];
    return head?.textContent.trim() || select.closest("fieldset")?.querySelector("legend, h2")?.textContent.trim() || "";
  };

  const name = (root) => {
    root.querySelectorAll("select.select2-hidden-accessible").forEach((select) => {
      const words = nameOf(select);
      const box = select.nextElementSibling;
      if (!words || !box?.classList.contains("select2")) {
        return;
      }
      box.querySelectorAll(".select2-selection, .select2-search__field, [role=textbox]").forEach((part) => {
        part.setAttribute("aria-label", words);
      });
    });
  };

  name(document);
  window.setTimeout(() => name(document), 1000); // what a slow script has set up since
  document.addEventListener("formset:added", ({ target }) => window.setTimeout(() => name(target)));
  window.django?.jQuery(document).on("select2:open", ({ target }) => {
    document.querySelectorAll(".select2-container--open .select2-search__field").forEach((part) => {
      part.setAttribute("aria-label", nameOf(target));
    });
  });
});
