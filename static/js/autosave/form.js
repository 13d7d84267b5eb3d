/* The article's form as a list, [[name, value, what the person sees of a choice], …], and the list as the form.
   window.deskForm: read(form), fill(form, data), same(data, data), words(data), sync(form). */
"use strict";

(() => {
  // Not of the text: tokens, numbers of rows, the empty row that new ones are copied from.
  const NOT_TEXT = /^(csrfmiddlewaretoken|form_tab|base|version|.+-(INITIAL|MIN_NUM|MAX_NUM)_FORMS|.+-__prefix__-.+)$/;
  const BUTTONS = ["submit", "button", "reset", "image", "file", "password"];
  const TOTAL = "-TOTAL_FORMS";

  const editorOf = (box) => {
    const editor = window.CKEDITOR?.instances[box.id];
    return editor?.status === "ready" ? editor : null;
  };

  const controls = (form) =>
    [...form.elements].filter((box) => box.name && !box.disabled && !NOT_TEXT.test(box.name) && !BUTTONS.includes(box.type));

  const entries = (box) => {
    if (box.type === "checkbox" || box.type === "radio") {
      return box.checked ? [[box.name, box.value]] : [];
    }
    if (box.options) {
      return [...box.selectedOptions].map((option) => [box.name, option.value, option.text.trim()]);
    }
    return [[box.name, editorOf(box)?.getData() ?? box.value]];
  };

  const read = (form) => controls(form).flatMap(entries);

  /* CKEditor's words into the boxes that are sent. */
  const sync = (form) =>
    controls(form).forEach((box) => {
      const editor = editorOf(box);
      if (editor) {
        box.value = editor.getData();
      }
    });

  const changed = (box) => ["input", "change"].forEach((kind) => box.dispatchEvent(new Event(kind, { bubbles: true })));

  const choose = (select, chosen) => {
    chosen.forEach(([, value, text]) => {
      if (![...select.options].some((option) => option.value === value)) {
        select.append(new Option(text || value, value)); // an autocomplete knows only what was looked up
      }
    });
    [...select.options].forEach((option) => {
      option.selected = chosen.some(([, value]) => value === option.value);
    });
  };

  const write = (editor, html) =>
    new Promise((done) => {
      editor.setData(html, { callback: done });
      window.setTimeout(done, 3000);
    });

  const put = async (box, given) => {
    const before = JSON.stringify(entries(box));
    if (box.type === "checkbox" || box.type === "radio") {
      box.checked = given.some(([, value]) => value === box.value);
    } else if (box.options) {
      choose(box, given);
    } else if (given.length && editorOf(box)) {
      await write(editorOf(box), given[0][1]);
    } else if (given.length) {
      box.value = given[0][1];
    }
    if (JSON.stringify(entries(box)) !== before) {
      changed(box);
    }
  };

  const rows = (form, prefix) => Number(form.elements[prefix + TOTAL]?.value || 0);

  /* As many rows as there were: by the inline's own links, so that every script of a row learns of it. */
  const setRows = (form, prefix, wanted) => {
    const group = form.querySelector(`#${CSS.escape(prefix)}-group`);
    for (let before = -1; rows(form, prefix) < wanted && before !== rows(form, prefix); ) {
      before = rows(form, prefix);
      group?.querySelector(".add-row a")?.click();
    }
    for (let place = rows(form, prefix) - 1; place >= wanted; place -= 1) {
      const row = form.querySelector(`#${CSS.escape(prefix)}-${place}`);
      const removal = form.elements[`${prefix}-${place}-DELETE`];
      if (removal) {
        removal.checked = true;
        changed(removal);
      } else {
        row?.querySelector(".inline-deletelink")?.click();
      }
    }
  };

  /* Rows that were put into another order stand in it again. */
  const sort = (form) =>
    form.querySelectorAll(".sortable tbody").forEach((body) => {
      const moved = [...body.querySelectorAll("tr.form-row:not(.empty-form)")];
      const place = (row) => Number(row.querySelector("input[name$='-order']")?.value || 0);
      const last = body.querySelector(".empty-form");
      moved.sort((one, other) => place(one) - place(other)).forEach((row) => body.insertBefore(row, last));
    });

  const fill = async (form, data) => {
    const counts = data.filter(([name]) => name.endsWith(TOTAL));
    counts.forEach(([name, value]) => setRows(form, name.slice(0, -TOTAL.length), Number(value)));
    for (const box of controls(form)) {
      if (!box.name.endsWith(TOTAL) && !isSurplus(box.name, counts)) {
        await put(box, data.filter(([name]) => name === box.name));
      }
    }
    sort(form);
  };

  /* Whether a box belongs to a row that there was not: it was marked for deletion above. */
  const isSurplus = (name, counts) =>
    counts.some(([total, wanted]) => {
      const found = name.startsWith(total.slice(0, -TOTAL.length + 1)) && name.slice(total.length - TOTAL.length + 1).match(/^\d+/);
      return found && Number(found[0]) >= Number(wanted);
    });

  const bare = (value) => value.replace(/&nbsp;|\u00a0/g, " ").replace(/\s+/g, " ").replace(/> </g, "><").trim();

  /* What the data says, without what is empty and where nothing but a row's place or its own default stands. */
  const gist = (data) => {
    const said = data.filter(([name, value]) => bare(value) && !/(_FORMS|-order|-role)$/.test(name));
    return said.map(([name, value]) => `${name}=${bare(value)}`).sort().join("\n");
  };

  const same = (one, other) => gist(one) === gist(other);

  /* The words for a reader: title, lede, body, as plain text. Parsed apart from the page: nothing in it runs. */
  const words = (data) =>
    ["title", "lede", "body"].map((name) => {
      const value = data.find(([found]) => found === name)?.[1] || "";
      const html = value.replace(/<\/(p|h[1-6]|li|blockquote|tr|figcaption)>/g, "$&\n");
      return name === "body" ? new DOMParser().parseFromString(html, "text/html").body.textContent.replace(/\s*\n\s*/g, "\n").trim() : value;
    });

  window.deskForm = { read, fill, same, words, sync };
})();
