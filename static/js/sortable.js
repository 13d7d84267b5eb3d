/* Rows of an inline marked "sortable" are put in order by their handle: drag it, or Alt+Up and Alt+Down on it.
   The order travels in each row's hidden "order" field; without JavaScript rows keep the order they were saved in. */
"use strict";

(() => {
  const ORDER = "input[name$='-order']"; // a form that may only be read has none

  const rowsOf = (body) => [...body.querySelectorAll("tr.form-row:not(.empty-form)")].filter((row) => row.querySelector(ORDER));

  const number = (body) =>
    rowsOf(body).forEach((row, index) => {
      row.querySelector(ORDER).value = index;
    });

  // A refused row carries its messages in the row above it; the two move together.
  const withErrors = (row) => {
    const above = row.previousElementSibling;
    return above && above.classList.contains("row-form-errors") ? [above, row] : [row];
  };

  const place = (row, other, after) => {
    const moved = withErrors(row);
    if (after) {
      other.after(...moved);
    } else {
      withErrors(other)[0].before(...moved);
    }
  };

  const step = (row, body, down) => {
    const rows = rowsOf(body);
    const other = rows[rows.indexOf(row) + (down ? 1 : -1)];
    if (other) {
      place(row, other, down);
      number(body);
    }
  };

  const drag = (row, body, y) => {
    const rows = rowsOf(body);
    const over = rows.find((other) => {
      const box = other.getBoundingClientRect();
      return other !== row && y > box.top && y < box.bottom;
    });
    if (!over) {
      return;
    }
    const box = over.getBoundingClientRect();
    const down = rows.indexOf(over) > rows.indexOf(row);
    // Only past the middle: rows of different heights would swap to and fro under a still pointer.
    if (down ? y > box.top + box.height / 2 : y < box.top + box.height / 2) {
      place(row, over, down);
    }
  };

  const addHandle = (row, body) => {
    const words = document.querySelector("#desk-words")?.dataset;
    const removal = row.querySelector("td.delete input[type=checkbox]");
    if (removal && words && !removal.labels.length) {
      const label = document.createElement("label");
      label.htmlFor = removal.id;
      label.textContent = words.remove;
      removal.after(label);
    }
    const cell = row.querySelector("td.original");
    if (!cell || cell.querySelector(".drag-handle")) {
      return;
    }
    const handle = document.createElement("button");
    handle.type = "button";
    handle.className = "drag-handle";
    handle.textContent = "⠿";
    handle.title = handle.ariaLabel = words?.drag || "↕";
    handle.addEventListener("keydown", (event) => {
      if (event.altKey && ["ArrowUp", "ArrowDown"].includes(event.key)) {
        event.preventDefault();
        step(row, body, event.key === "ArrowDown");
        handle.focus();
      }
    });
    handle.addEventListener("pointerdown", (event) => {
      if (event.button === 0) {
        row.classList.add("dragging");
      }
    });
    cell.prepend(handle);
  };

  // On the document: a row that moves in the page would lose a capture of its own.
  document.addEventListener("pointermove", (event) => {
    const row = document.querySelector(".sortable tr.dragging");
    if (row) {
      event.preventDefault();
      drag(row, row.closest("tbody"), event.clientY);
    }
  });
  ["pointerup", "pointercancel"].forEach((kind) => {
    document.addEventListener(kind, () => {
      const row = document.querySelector(".sortable tr.dragging");
      if (row) {
        row.classList.remove("dragging");
        number(row.closest("tbody"));
      }
    });
  });

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".sortable tbody").forEach((body) => {
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
