/* The board: stories and pins are dragged into places by mouse or finger, "Place" and the arrows work without a
   journey to the server, and a search leaves what was placed alone. Without this script the buttons do the same. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const board = document.querySelector("#board_form");
  const pattern = document.querySelector("#pin-template");
  const total = board?.querySelector("[name=pins-TOTAL_FORMS]");
  if (!board?.querySelector(".board-bar") || !pattern || !total) {
    return; // a board that may only be read
  }
  const status = board.querySelector(".board-status");
  const slotOf = (place) => board.querySelector(`.slot[data-place="${place}"]`);
  let dirty = false;

  const showHandles = (root) =>
    root.querySelectorAll(".story-handle, .pin-handle").forEach((handle) => {
      handle.hidden = false;
    });

  const say = (title, slot) => {
    status.textContent = `${status.dataset.placed} ${title} – ${slot.querySelector("h2").textContent}`;
    dirty = true;
  };

  const moveTo = (pin, slot) => {
    slot.querySelector(".pins").append(pin);
    pin.querySelector("select").value = slot.dataset.place;
    say(pin.querySelector("strong").textContent, slot);
  };

  const add = (story, slot) => {
    const row = pattern.content.firstElementChild.cloneNode(true);
    const number = total.value;
    row.querySelectorAll("[name], [id], [for]").forEach((element) => {
      ["name", "id", "for"].forEach((name) => {
        if (element.hasAttribute(name)) {
          element.setAttribute(name, element.getAttribute(name).replace("__prefix__", number));
        }
      });
    });
    total.value = Number(number) + 1;
    row.querySelector("[name$=-article]").value = story.dataset.article;
    row.querySelector("strong").textContent = story.querySelector(".story-title").textContent;
    showHandles(row);
    moveTo(row, slot);
  };

  const swap = (place, other) => {
    const [one, two] = [slotOf(place), slotOf(other)];
    const [ones, twos] = [one, two].map((slot) => [...slot.querySelectorAll(".pin")]);
    ones.forEach((pin) => moveTo(pin, two));
    twos.forEach((pin) => moveTo(pin, one));
  };

  // Buttons

  document.addEventListener("click", (event) => {
    const button = event.target.closest("button[name=_place], button[name=_swap]");
    if (!button) {
      return;
    }
    event.preventDefault();
    if (button.name === "_swap") {
      swap(...button.value.split(":"));
      return;
    }
    const story = button.closest(".story");
    add(story, slotOf(story.querySelector("select").value));
  });

  board.addEventListener("change", (event) => {
    dirty = true;
    if (event.target.name?.endsWith("-place")) {
      const pin = event.target.closest(".pin");
      moveTo(pin, slotOf(event.target.value));
      pin.querySelector("select").focus();
    }
  });

  // Dragging, by the handle with a finger, by the whole row with a mouse

  let dragged = null;

  const slotUnder = (event) => {
    const slot = document.elementFromPoint(event.clientX, event.clientY)?.closest?.(".slot");
    return slot?.dataset.place ? slot : null;
  };

  const stop = () => {
    dragged?.ghost?.remove();
    dragged?.row.classList.remove("dragging");
    board.querySelectorAll(".slot-over").forEach((slot) => slot.classList.remove("slot-over"));
    dragged = null;
  };

  const begin = () => {
    dragged.ghost = document.createElement("div");
    dragged.ghost.className = "drag-ghost";
    dragged.ghost.textContent = dragged.row.querySelector(".story-title, strong").textContent;
    document.body.append(dragged.ghost);
    dragged.row.classList.add("dragging");
  };

  document.addEventListener("pointerdown", (event) => {
    const row = event.target.closest(".story, .pin");
    const byHandle = event.target.closest(".story-handle, .pin-handle");
    const onControl = event.target.closest("input, select, label, button");
    if (row && event.button === 0 && (byHandle || (event.pointerType === "mouse" && !onControl))) {
      dragged = { row, x: event.clientX, y: event.clientY, ghost: null };
      if (event.target.hasPointerCapture?.(event.pointerId)) {
        event.target.releasePointerCapture(event.pointerId);
      }
    }
  });

  // Titles and pictures would start a drag of the browser's own.
  document.addEventListener("dragstart", (event) => {
    if (event.target.closest?.(".story, .pin")) {
      event.preventDefault();
    }
  });

  document.addEventListener("pointermove", (event) => {
    if (!dragged) {
      return;
    }
    if (!dragged.ghost && Math.hypot(event.clientX - dragged.x, event.clientY - dragged.y) < 5) {
      return;
    }
    if (!dragged.ghost) {
      begin();
    }
    document.getSelection()?.removeAllRanges();
    dragged.ghost.style.transform = `translate(${event.clientX + 12}px, ${event.clientY + 12}px)`;
    const edge = 60; // pixels from the window's rim within which the page moves along
    if (event.clientY < edge || event.clientY > window.innerHeight - edge) {
      window.scrollBy(0, event.clientY < edge ? -14 : 14);
    }
    const over = slotUnder(event);
    board.querySelectorAll(".slot").forEach((slot) => slot.classList.toggle("slot-over", slot === over));
  });

  document.addEventListener("pointerup", (event) => {
    const slot = dragged?.ghost ? slotUnder(event) : null;
    const row = dragged?.row;
    stop();
    if (slot && row.matches(".story")) {
      add(row, slot);
    } else if (slot && row.closest(".slot") !== slot) {
      moveTo(row, slot);
    }
  });
  document.addEventListener("pointercancel", stop);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      stop();
    }
  });

  // Searching

  document.querySelector(".stories-search").addEventListener("submit", async (event) => {
    event.preventDefault();
    const form = event.target;
    const query = new URLSearchParams(new FormData(form));
    try {
      const answer = await fetch(`?${query}`, { credentials: "same-origin" });
      const found = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector(".stories-list");
      if (!found) {
        throw new Error("no list"); // signed out meanwhile
      }
      document.querySelector(".stories-list").replaceChildren(...found.childNodes);
      board.querySelector("[name=q]").value = query.get("q");
      showHandles(document);
    } catch {
      form.submit();
    }
  });

  // Leaving with an unsaved board asks first

  board.addEventListener("submit", (event) => {
    if (!event.submitter?.hasAttribute("formtarget")) {
      dirty = false;
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (dirty) {
      event.preventDefault();
    }
  });
  showHandles(document);
});
