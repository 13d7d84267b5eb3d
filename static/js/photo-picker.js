/* The photo library in a window of its own: a click hands the picture and its words to CKEditor's dialog, or to the form
   that opened it (photo-choice.js). A photo whose rights are over asks first. */
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest(".picker button");
  const picker = button?.closest(".picker");
  if (!picker || (button.dataset.warning && !window.confirm(button.dataset.warning))) {
    return;
  }
  if (picker.dataset.callback && window.opener?.CKEDITOR) {
    toEditor(button, Number(picker.dataset.callback));
  } else {
    toForm(button, picker);
  }
});

function toEditor(button, callback) {
  window.opener.CKEDITOR.tools.callFunction(callback, button.dataset.url, function () {
    const dialog = this.getDialog();
    const set = (id, value) => {
      const field = dialog.getContentElement("info", id);
      if (field) {
        field.setValue(value);
      }
    };
    set("alt", button.dataset.alt);
    set("hasCaption", true);
    const words = document.createElement("span");
    words.textContent = button.dataset.caption;
    dialog.libraryCaption = words.innerHTML;
    return true;
  });
  window.close();
}

function toForm(button, picker) {
  const photo = { photo: button.dataset.pk, name: button.dataset.name };
  window.parent.postMessage(photo, window.location.origin);
  if ("several" in picker.dataset) {
    button.setAttribute("aria-pressed", "true");
    const mark = Object.assign(document.createElement("small"), { textContent: picker.dataset.added });
    button.querySelector(".picker-added")?.remove();
    mark.className = "picker-added";
    button.append(mark);
  }
}

// Inside a dialog the Escape key reaches this page only.
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && window.parent !== window) {
    window.parent.postMessage({ photo: null }, window.location.origin);
  }
});
