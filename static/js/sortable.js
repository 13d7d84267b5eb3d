/* Rows of an inline marked "sortable" are put in order by their handle: drag it, or Alt+Up and Alt+Down on it.
   The order travels in each row's hidden "order" field; without JavaScript rows keep the order they were saved in. */
"use strict";

(() => {
  const rowsOf = (body) => [...body.querySelectorAll("tr.form-row:not(.empty-form)")];
  const number = (body) =>
    rowsOf(body).forEach((row, index) => {
      const order = row.querySelector("input[name$='-order']");
      if (order) {
        order.value = index;
      }
    });

  const addHandle = (row, body) => {
    const cell = row.querySelector("td.original");
    if (!cell || cell.querySelector(".drag-handle")) {
      return;
    }
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "drag-handle";
    handle.textContent = "⠿";
    handle.title = handle.ariaLabel = document.documentElement.lang === "vi"
      ? "Kéo để đổi thứ tự, hoặc Alt+↑ Alt+↓"
      : "Drag to reorder, or Alt+↑ Alt+↓";
    handle.addEventListener("keydown", (event) => {
      const other = event.key === "ArrowUp" ? row.previousElementSibling : row.nextElementSibling;
      if (!event.altKey || !["ArrowUp", "ArrowDown"].includes(event.key)) {
        return;
      }
      event.preventDefault();
      if (other && rowsOf(body).includes(other)) {
        event.key === "ArrowUp" ? other.before(row) : other.after(row);
        number(body);
        handle.focus();
      }
    });
    handle.addEventListener("pointerdown", (event) => {
      event.preventDefault();
      handle.setPointerCapture(event.pointerId);
      row.classList.add("dragging");
    });
    handle.addEventListener("pointermove", (event) => {
      if (!row.classList.contains("dragging")) {
        return;
      }
      const over = rowsOf(body).find((other) => {
        const box = other.getBoundingClientRect();
        return other !== row && event.clientY > box.top && event.clientY < box.bottom;
      });
      if (over) {
        const box = over.getBoundingClientRect();
        event.clientY < box.top + box.height / 2 ? over.before(row) : over.after(row);
      }
    });
    const drop = () => {
      row.classList.remove("dragging");
      number(body);
    };
    handle.addEventListener("pointerup", drop);
    handle.addEventListener("pointercancel", drop);
    cell.prepend(handle);
  };

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll("fieldset.sortable tbody, .sortable table tbody").forEach((body) => {
      rowsOf(body).forEach((row) => addHandle(row, body));
      number(body);
    });
  });

  document.addEventListener("formset:added", (event) => {
    const body = event.target.closest(".sortable tbody");
    if (body) {
      addHandle(event.target, body);
      number(body);
    }
  });
})();
