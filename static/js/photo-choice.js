/* Beside a choice of a photo: "from the library" and "upload", which open the library over the form. What is chosen
   there becomes the choice; in a gallery each becomes a row. */
"use strict";

window.addEventListener("load", () => {
  const dialog = document.querySelector(".photo-dialog");
  const $ = window.django?.jQuery;
  if (!dialog || !$) {
    return;
  }
  const words = dialog.dataset;
  const frame = dialog.querySelector("iframe");
  let take = () => {};

  function open(handler, several) {
    take = handler;
    frame.src = several ? `${words.address}?several=1` : words.address;
    dialog.showModal();
  }

  function choose(select, { photo, name }) {
    const known = [...select.options].find((option) => option.value === photo);
    if (known) {
      known.textContent = name;
      select.value = photo;
    } else {
      select.append(new Option(name, photo, true, true));
    }
    $(select).trigger("change");
    select.dispatchEvent(new Event("input", { bubbles: true })); // counts as typing, for what saves by itself
  }

  function button(text, handler, several = false) {
    const made = Object.assign(document.createElement("button"), { type: "button", textContent: text });
    made.className = "photo-open";
    made.addEventListener("click", () => open(handler, several));
    return made;
  }

  const lead = document.querySelector("select#id_photo");
  if (lead && !lead.disabled) {
    const place = document.createElement("p");
    place.className = "photo-choice";
    const handler = (photo) => {
      choose(lead, photo);
      dialog.close();
    };
    place.append(button(words.library, handler), button(words.upload, handler));
    (lead.closest(".related-widget-wrapper") || lead.parentElement).after(place);
  }

  const gallery = document.querySelector("#gallery-group");
  if (gallery?.querySelector(".empty-form")) {
    const place = document.createElement("p");
    place.className = "photo-choice";
    const add = (photo) => {
      gallery.querySelector(".add-row a").click();
      choose([...gallery.querySelectorAll("tr.form-row:not(.empty-form) select")].at(-1), photo);
    };
    place.append(button(words.several, add, true));
    gallery.querySelector("table").after(place);
  }

  window.addEventListener("message", (event) => {
    if (event.origin !== window.location.origin || event.source !== frame.contentWindow) {
      return;
    }
    if (event.data?.photo) {
      take(event.data);
    } else if (event.data?.photo === null) {
      dialog.close();
    }
  });
  dialog.querySelector(".photo-close").addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => {
    frame.removeAttribute("src");
  });
});
