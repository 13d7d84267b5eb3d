/* CKEditor's buttons of a newspaper: a related article, a row of pictures, a quote with its source, a player, a note.
   What they put in is plain HTML that readers' pages know (articles/insets.py): a link alone in its paragraph, figures
   that follow each other, a blockquote. */
"use strict";

(() => {
  const { CKEDITOR } = window;
  if (!CKEDITOR) {
    return;
  }
  const escape = (text) => CKEDITOR.tools.htmlEncode(text);
  const attribute = (text) => CKEDITOR.tools.htmlEncodeAttr(String(text));

  /* Behind the paragraph in which the cursor is: a sentence is never torn. */
  const insertBlocks = (editor, html) => {
    editor.focus();
    const elements = editor.elementPath()?.elements || [];
    const top = elements.length > 1 ? elements.at(-2) : null;
    if (top && top.getText().trim()) {
      const range = editor.createRange();
      const next = new CKEDITOR.dom.element("p", editor.document);
      next.appendBogus();
      next.insertAfter(top);
      range.moveToPosition(next, CKEDITOR.POSITION_AFTER_START);
      range.select();
    }
    editor.insertHtml(html);
  };

  const link = (url, words) => `<p><a href="${attribute(url)}">${escape(words)}</a></p>`;

  const relatedArticle = (editor, words, urls) => {
    window.deskDialog({
      title: words.related,
      words,
      build: ({ box, said, dismiss, make }) => {
        const show = ({ title, url, facts }) => {
          const button = make("button", { type: "button", disabled: !url }, make("b", { textContent: title }), make("span", { textContent: facts }));
          button.addEventListener("click", () => {
            dismiss();
            insertBlocks(editor, link(url, title));
          });
          return make("li", {}, button);
        };
        window.deskSearch({ box, said, make, url: urls.titled, label: words.byTitle, words, show });
      },
    });
  };

  const figure = ({ url, alt, caption, width, height }) =>
    `<figure class="image"><img alt="${attribute(alt)}" src="${attribute(url)}" width="${Number(width)}" height="${Number(height)}"><figcaption>${escape(caption)}</figcaption></figure>`;

  const gallery = (editor, words, urls) => {
    const chosen = new Map();
    window.deskDialog({
      title: words.gallery,
      words,
      onOk: () => {
        if (!chosen.size) {
          return false;
        }
        window.setTimeout(() => insertBlocks(editor, [...chosen.values()].map(figure).join("")));
        return true;
      },
      build: ({ box, said, make }) => {
        const count = () => {
          said.textContent = chosen.size ? words.chosen.replace("%s", chosen.size) : words.chooseSeveral;
        };
        const show = (photo) => {
          const input = make("input", { type: "checkbox", checked: chosen.has(photo.url) });
          input.addEventListener("change", () => {
            chosen.delete(photo.url);
            if (input.checked) {
              chosen.set(photo.url, photo); // in the order in which they are chosen
            }
            count();
          });
          const image = make("img", { src: photo.thumbnail, alt: "", loading: "lazy" });
          return make("li", {}, make("label", {}, input, image, make("span", { textContent: photo.name })));
        };
        const { list, ask } = window.deskSearch({ box, said, make, url: urls.pictures, label: words.byCaption, words, show });
        list.classList.add("desk-dialog-pictures");
        ask().then(count);
      },
    });
  };

  const quote = (editor, words) => {
    if (editor.elementPath()?.contains("blockquote")) {
      editor.execCommand("blockquote"); // the same button takes it away again
      return;
    }
    const selected = editor.getSelection()?.getSelectedText().trim() || "";
    const range = selected ? editor.getSelection().getRanges()[0] : null;
    let text;
    let source;
    window.deskDialog({
      title: words.quote,
      words,
      onOk: () => {
        if (!text.value.trim()) {
          text.focus();
          return false;
        }
        const paragraphs = text.value.trim().split(/\n+/).map((line) => `<p>${escape(line.trim())}</p>`);
        const by = source.value.trim() ? `<p><em>${escape(source.value.trim())}</em></p>` : "";
        window.setTimeout(() => {
          editor.focus();
          if (range) {
            range.select();
            range.deleteContents();
          }
          insertBlocks(editor, `<blockquote>${paragraphs.join("")}${by}</blockquote>`);
        });
        return true;
      },
      build: ({ box, make }) => {
        text = make("textarea", { rows: 4, value: selected });
        source = make("input", { type: "text", autocomplete: "off" });
        box.append(make("label", {}, words.quoted, text), make("label", {}, words.source, source));
      },
    });
  };

  const player = (editor, words, urls) => {
    let input;
    let said;
    window.deskDialog({
      title: words.player,
      words,
      onOk: async () => {
        try {
          const answer = await fetch(`${urls.player}?${new URLSearchParams({ address: input.value })}`);
          const known = await answer.json();
          if (known.address) {
            window.setTimeout(() => insertBlocks(editor, link(known.address, known.address)));
            return true;
          }
          said.textContent = known.error;
        } catch {
          said.textContent = words.failed;
        }
        input.focus();
        return false;
      },
      build: (parts) => {
        said = parts.said;
        input = parts.make("input", { type: "url", placeholder: "https://", autocomplete: "off" });
        parts.box.append(parts.make("label", {}, words.playerAddress, input));
      },
    });
  };

  /* Hands the selected words to the notes beside the text (desk-notes.js). */
  const note = (editor) => {
    const passage = editor.getSelection()?.getSelectedText().trim() || "";
    document.dispatchEvent(new CustomEvent("desk:note", { detail: { passage } }));
  };

  const BUTTONS = { RelatedArticle: relatedArticle, Gallery: gallery, PulledQuote: quote, Player: player, DeskNote: note };

  CKEDITOR.plugins.add("inserts", {
    init(editor) {
      const { words, urls } = editor.config.newsroom;
      for (const [name, run] of Object.entries(BUTTONS)) {
        const command = name.toLowerCase();
        if (name === "DeskNote" && !document.querySelector(".notes")) {
          continue;
        }
        editor.addCommand(command, { exec: () => run(editor, words, urls), async: true, editorFocus: false, canUndo: false });
        editor.ui.addButton(name, { label: words.buttons[name], command });
      }
      editor.setKeystroke(CKEDITOR.CTRL + 70, "find"); // F
      editor.setKeystroke(CKEDITOR.CTRL + 72, "replace"); // H
    },
  });
})();
