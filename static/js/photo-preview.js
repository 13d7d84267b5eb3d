/* The lead photo, shown beside its field as soon as it is chosen. */
"use strict";

window.addEventListener("load", () => {
  const select = document.querySelector("#id_photo");
  if (!select || !window.django) {
    return;
  }
  const image = document.createElement("img");
  image.className = "photo-preview";
  image.alt = "";
  select.closest(".related-widget-wrapper, .form-row").after(image);
  const show = () => {
    image.hidden = !select.value;
    if (select.value) {
      image.src = select.dataset.thumbnail.replace("/0/", `/${select.value}/`);
    }
  };
  window.django.jQuery(select).on("change", show);
  image.addEventListener("error", () => {
    image.hidden = true;
  });
  show();
});
