/* CKEditor at the desk: its uploads carry Django's token; leaving with unsaved words asks first. */
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
