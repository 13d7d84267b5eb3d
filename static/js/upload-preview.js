/* A chosen picture is shown before it is sent. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const input = document.querySelector("#id_upload");
  const place = document.querySelector(".field-preview .focal");
  if (!input || !place) {
    return;
  }
  input.addEventListener("change", () => {
    const [file] = input.files;
    if (!file) {
      return;
    }
    const image = document.createElement("img");
    image.className = "photo-preview";
    image.alt = "";
    image.src = URL.createObjectURL(file);
    place.replaceChildren(image);
    place.dispatchEvent(new CustomEvent("picture"));
  });
});
