/* The photo library opened from CKEditor: a click hands the picture and its words to the dialog. */
"use strict";

document.addEventListener("click", (event) => {
  const button = event.target.closest(".picker button");
  if (!button || !window.opener || !window.opener.CKEDITOR) {
    return;
  }
  const callback = Number(button.closest(".picker").dataset.callback);
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
});
