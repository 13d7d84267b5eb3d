/* CKEditor at the desk: its uploads carry Django's token, a picture from the library brings its caption,
   and leaving with unsaved words asks first. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  if (!window.CKEDITOR || !token) {
    return;
  }
  window.CKEDITOR.on("instanceReady", ({ editor }) => {
    editor.on("fileUploadRequest", (event) => {
      event.data.fileLoader.xhr.setRequestHeader("X-CSRFToken", token.value);
    });
  });
  // photo-picker.js leaves the caption on the dialog; the picture that its "OK" makes takes it.
  window.CKEDITOR.on("dialogDefinition", ({ data }) => {
    if (data.name !== "image2") {
      return;
    }
    data.definition.dialog.on("hide", function () {
      const widget = this.widget;
      const caption = this.libraryCaption;
      this.libraryCaption = "";
      window.setTimeout(() => {
        if (caption && widget?.editables?.caption) {
          widget.editables.caption.setData(caption);
        }
      });
    });
  });
});

window.addEventListener("load", () => {
  const form = document.querySelector("#article_form");
  if (!form) {
    return;
  }
  let touched = false;
  let leaving = false;
  form.addEventListener("input", () => {
    touched = true;
  });
  form.addEventListener("submit", () => {
    leaving = true;
  });
  window.addEventListener("beforeunload", (event) => {
    const editors = Object.values(window.CKEDITOR ? window.CKEDITOR.instances : {});
    if (!leaving && (touched || editors.some((editor) => editor.checkDirty()))) {
      event.preventDefault();
    }
  });
});
