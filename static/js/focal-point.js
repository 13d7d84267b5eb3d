/* The focal point of a photo: a marker on the picture, moved by mouse, finger or arrow keys, and the crops about it.
   The two numbers under the picture are what is sent; without this script they are typed. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector(".focal");
  const fields = ["x", "y"].map((axis) => document.querySelector(`#id_focus_${axis}`));
  if (!place || fields.includes(null)) {
    return;
  }
  const marker = document.createElement("button");
  marker.type = "button";
  marker.className = "focal-marker";
  marker.setAttribute("aria-label", place.dataset.label);
  const crops = [...document.querySelectorAll(".crop img")];
  const inside = (value) => Math.min(100, Math.max(0, Math.round(value) || 0));
  const point = () => fields.map((field) => (field.value === "" ? 50 : inside(Number(field.value))));
  const picture = () => place.querySelector("img");

  // Where a part of `share` of the side must begin so that its middle is the point: as renditions.py cuts.
  const offset = (percent, share) =>
    share >= 1 ? 50 : (Math.min(Math.max(percent / 100 - share / 2, 0), 1 - share) / (1 - share)) * 100;

  function cut() {
    const image = picture();
    const [x, y] = point();
    for (const crop of crops.filter((crop) => !crop.closest(".crop-by-hand"))) {
      const ratio = crop.clientWidth / crop.clientHeight / (image.naturalWidth / image.naturalHeight);
      if (crop.src !== image.src) {
        crop.src = image.src;
      }
      crop.style.objectPosition = `${offset(x, ratio)}% ${offset(y, 1 / ratio)}%`;
    }
  }

  function show() {
    [marker.style.left, marker.style.top] = point().map((percent) => `${percent}%`);
  }

  function set(x, y) {
    [fields[0].value, fields[1].value] = [inside(x), inside(y)];
    show();
    cut();
  }

  function follow(event) {
    const box = picture().getBoundingClientRect();
    set(((event.clientX - box.left) / box.width) * 100, ((event.clientY - box.top) / box.height) * 100);
  }

  function begin() {
    if (picture()) {
      place.append(marker);
      place.classList.add("focal-on");
      show();
    }
  }

  place.addEventListener("pointerdown", (event) => {
    if (!marker.isConnected || event.button) {
      return;
    }
    event.preventDefault();
    place.setPointerCapture(event.pointerId);
    follow(event);
    marker.focus({ preventScroll: true });
  });
  place.addEventListener("pointermove", (event) => {
    if (place.hasPointerCapture(event.pointerId)) {
      follow(event);
    }
  });
  marker.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 1;
    const [x, y] = point();
    const [right, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] || [];
    if (right !== undefined) {
      event.preventDefault();
      set(x + right * step, y + down * step);
    }
  });
  for (const field of fields) {
    field.addEventListener("input", () => {
      if (picture()) {
        show();
        cut();
      }
    });
  }
  place.addEventListener("picture", () => {
    begin();
    picture().addEventListener("load", () => set(50, 50));
  });
  begin();
});
