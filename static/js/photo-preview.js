/* The lead photo, shown under its field as soon as it is chosen, and afresh when it was changed in its window. */
"use strict";

window.addEventListener("load", () => {
  const select = document.querySelector("#id_photo");
  if (!select || !window.django) {
    return;
  }
  const image = document.createElement("img");
  image.className = "photo-preview";
  image.alt = "";
  image.hidden = true;
  select.closest(".form-row").append(image);
  const show = () => {
    image.hidden = true;
    image.removeAttribute("src");
    if (select.value) {
      image.src = `${select.dataset.thumbnail.replace("/0/", `/${select.value}/`)}?${Date.now()}`;
    }
  };
  image.addEventListener("load", () => {
    image.hidden = false;
  });
  window.django.jQuery(select).on("change", show);
  show();
});
