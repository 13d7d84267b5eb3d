/* The part of a photo that lists show, cut by hand: a 3:2 frame on the picture, moved and sized by mouse, finger or keys.
   The three numbers under the picture are what is sent; without this script they are typed. renditions.py cuts the same. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const place = document.querySelector(".cutter");
  const [left, top, width] = ["left", "top", "width"].map((name) => document.querySelector(`#id_cut_${name}`));
  if (!place || !left || !top || !width) {
    return;
  }
  const RATIO = 3 / 2;
  const NARROWEST = 10; // percent
  const words = place.dataset;
  const frame = Object.assign(document.createElement("button"), { type: "button", className: "cutter-frame" });
  const corner = Object.assign(document.createElement("span"), { className: "cutter-corner" });
  const buttons = document.createElement("p");
  const cut = Object.assign(document.createElement("button"), { type: "button", textContent: words.cut });
  const uncut = Object.assign(document.createElement("button"), { type: "button", textContent: words.uncut });
  const sample = document.createElement("canvas");
  const card = document.querySelector(".crop-card");
  frame.setAttribute("aria-label", words.label);
  frame.append(corner);
  buttons.className = "photo-choice";
  buttons.append(cut, uncut);
  sample.width = 360;
  sample.height = 240;
  card?.prepend(sample);

  const picture = () => place.querySelector("img");
  const shape = () => picture().naturalWidth / picture().naturalHeight;
  const tenth = (value) => Math.floor(value * 10 + 1e-6) / 10;
  const between = (value, least, most) => Math.min(Math.max(value, least), most);
  const high = (wide) => (wide * shape()) / RATIO;
  const box = () => [left, top, width].map((field) => Number(field.value) || 0);

  function set(x, y, wide) {
    const widest = Math.min(100, (100 * RATIO) / shape());
    const w = tenth(Math.min(Math.max(wide, NARROWEST), widest));
    left.value = tenth(between(x, 0, 100 - w));
    top.value = tenth(between(y, 0, Math.max(100 - high(w), 0)));
    width.value = w;
    show();
  }

  function show() {
    const [x, y, wide] = box();
    const active = wide > 0 && Boolean(picture()?.naturalWidth);
    frame.hidden = !active;
    uncut.hidden = !active;
    cut.hidden = active;
    card?.classList.toggle("crop-by-hand", active);
    if (!active) {
      return;
    }
    Object.assign(frame.style, { left: `${x}%`, top: `${y}%`, width: `${wide}%`, height: `${high(wide)}%` });
    const { naturalWidth: w, naturalHeight: h } = picture();
    const part = [(x * w) / 100, (y * h) / 100, (wide * w) / 100, (high(wide) * h) / 100];
    sample.getContext("2d").drawImage(picture(), ...part, 0, 0, sample.width, sample.height);
  }

  function drag(event) {
    if (event.button) {
      return;
    }
    event.preventDefault();
    frame.focus({ preventScroll: true });
    const sizing = event.target === corner;
    const edge = picture().getBoundingClientRect();
    const from = { x: event.clientX, y: event.clientY };
    const [x, y, wide] = box();
    const move = (to) => {
      const right = ((to.clientX - from.x) / edge.width) * 100;
      const down = ((to.clientY - from.y) / edge.height) * 100;
      if (sizing) {
        set(x, y, between(wide + Math.max(right, (down * RATIO) / shape()), NARROWEST, Math.min(100 - x, ((100 - y) * RATIO) / shape())));
      } else {
        set(x + right, y + down, wide);
      }
    };
    const end = () => {
      frame.removeEventListener("pointermove", move);
    };
    frame.setPointerCapture(event.pointerId);
    frame.addEventListener("pointermove", move);
    frame.addEventListener("pointerup", end, { once: true });
    frame.addEventListener("pointercancel", end, { once: true });
  }

  frame.addEventListener("pointerdown", drag);
  frame.addEventListener("keydown", (event) => {
    const step = event.shiftKey ? 10 : 1;
    const [x, y, wide] = box();
    const [right, down] = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] }[event.key] || [0, 0];
    const more = { "+": 2, "=": 2, "-": -2 }[event.key] || 0;
    if (right || down || more) {
      event.preventDefault();
      set(x + right * step, y + down * step, wide + more);
    }
  });
  cut.addEventListener("click", () => {
    const wide = Math.min(80, (80 * RATIO) / shape());
    set((100 - wide) / 2, (100 - high(wide)) / 2, wide);
    frame.focus();
  });
  uncut.addEventListener("click", () => {
    left.value = top.value = width.value = "";
    show();
    cut.focus();
    document.querySelector("#id_focus_x")?.dispatchEvent(new Event("input")); // the sample is cut about the point again
  });
  for (const field of [left, top, width]) {
    field.addEventListener("input", show);
  }

  function begin() {
    const image = picture();
    if (!image) {
      return;
    }
    image.addEventListener("load", show);
    const held = document.createElement("div"); // as large as the picture, for the frame's percents
    held.className = "cutter-picture";
    image.replaceWith(held);
    held.append(image, frame);
    place.append(buttons);
    show();
  }

  // Another file was chosen: upload-preview.js shows it beside, and a cut of the old one says nothing about it.
  document.querySelector(".focal")?.addEventListener("picture", ({ target }) => {
    const image = Object.assign(document.createElement("img"), { className: "photo-preview", alt: "" });
    image.src = target.querySelector("img").src;
    left.value = top.value = width.value = "";
    place.replaceChildren(image);
    begin();
  });
  begin();
});
