/* CKEditor at the desk: its uploads carry Django's token, a picture from the library brings its caption,
   a body nobody touched is sent back to the letter, and leaving with unsaved words asks first. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  const words = document.querySelector("#desk-words")?.dataset;
  if (!window.CKEDITOR || !token) {
    return;
  }
  window.CKEDITOR.on("instanceReady", ({ editor }) => {
    // CKEditor sets out all HTML anew, its lines and its <b>: who only opened an article has not changed it.
    const opened = editor.element.getValue();
    editor.on("getData", ({ data }) => {
      if (!editor.checkDirty()) {
        data.dataValue = opened;
      }
    });
    editor.on("fileUploadRequest", (event) => {
      event.data.fileLoader.xhr.setRequestHeader("X-CSRFToken", token.value);
    });
  });
  // The button makes our information box, and says so.
  window.CKEDITOR.on("instanceCreated", ({ editor }) => {
    editor.on("langLoaded", () => {
      editor.lang.div.toolbar = editor.config.newsroom.words.box;
    });
  });
  // CKEditor writes "Caption" into every new caption, and readers would read it there: begin with an empty one.
  window.CKEDITOR.on("instanceLoaded", ({ editor }) => {
    editor.lang.image2.captionPlaceholder = "";
    const said = editor.lang.uploadwidget; // CKEditor has these in English only
    if (words) {
      said.uploadOne = said.uploadMany = words.uploading;
      said.doneOne = said.doneMany = words.uploaded;
    }
  });
  // photo-picker.js leaves the caption on the dialog. Its "OK" makes a new widget: the newest of that picture.
  window.CKEDITOR.on("dialogDefinition", ({ data, editor }) => {
    if (data.name !== "image2") {
      return;
    }
    const info = data.definition.getContents("info");
    info.remove("alignment"); // the page has one measure; the cleaner would drop it anyway
    if (words) {
      info.get("alt").label = words.alt; // CKEditor's Vietnamese calls it the caption
      info.get("browse").label = words.library;
    }
    data.definition.dialog.on("hide", function () {
      const caption = this.libraryCaption;
      const src = this.getValueOf("info", "src");
      this.libraryCaption = "";
      window.setTimeout(() => {
        const made = Object.values(editor.widgets.instances).filter((widget) => widget.data.src === src);
        if (caption && made.length) {
          made.at(-1).editables.caption?.setData(caption);
        }
      });
    });
  });
});

window.addEventListener("load", () => {
  // An article: autosave/keep.js
  const form = document.querySelector("#staticpage_form, #englishversion_form, #storytemplate_form");
  if (!form) {
    return;
  }
  let touched = false;
  let leaving = false;
  form.addEventListener("input", () => {
    touched = true;
  });
  form.addEventListener("submit", ({ submitter }) => {
    leaving = submitter?.formTarget !== "_blank"; // the preview opens beside the form, which stays as it is
  });
  window.addEventListener("beforeunload", (event) => {
    const editors = Object.values(window.CKEDITOR ? window.CKEDITOR.instances : {});
    if (!leaving && (touched || editors.some((editor) => editor.checkDirty()))) {
      event.preventDefault();
    }
  });
});
