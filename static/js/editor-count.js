/* How long the text is and how long it takes to read, under the editor. Vietnamese is counted in syllables. */
"use strict";

(() => {
  const { CKEDITOR } = window;
  if (!CKEDITOR) {
    return;
  }
  const count = (text) => text.split(/\s+/).filter((word) => /[\p{L}\p{N}]/u.test(word)).length;

  CKEDITOR.plugins.add("wordcounter", {
    init(editor) {
      const { words, pace } = editor.config.newsroom;
      const shown = document.createElement("output");
      shown.className = "count text-count";
      shown.htmlFor = editor.name;
      const lede = document.querySelector("#id_lede");
      let timer = 0;
      const show = () => {
        if (!editor.editable()) {
          return;
        }
        const length = count(editor.editable().$.innerText);
        const minutes = Math.max(1, Math.round((length + count(lede?.value || "")) / pace));
        shown.textContent = words.length.replace("%w", length.toLocaleString(document.documentElement.lang || "vi")).replace("%m", minutes);
      };
      const later = () => {
        window.clearTimeout(timer);
        timer = window.setTimeout(show, 400);
      };
      editor.on("instanceReady", () => {
        editor.container.$.after(shown);
        show();
      });
      editor.on("change", later);
      lede?.addEventListener("input", later);
    },
  });
})();
