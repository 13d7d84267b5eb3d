/* Keys for those who write all day. "?" shows them; they do nothing while one types, but for those with Ctrl or Alt.
   Keys of one letter can be switched off: who dictates to the computer presses them unawares. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const dialog = document.querySelector("#shortcuts");
  if (!dialog) {
    return;
  }
  const { home, add, list } = dialog.dataset;
  const PLACES = ["#id_title", "#id_lede", "#id_body", ".field-photo .select2-selection", ".field-category .select2-selection"];
  const form = () => document.querySelector("#article_form");
  const search = () => document.querySelector("#searchbar, #desk-search, input[type=search]");
  const SWITCH = "desk-single-keys";
  const single = dialog.querySelector("[data-single-keys]");
  let before = "";

  const remembered = (work) => {
    try {
      return work(window.localStorage);
    } catch {
      return null; // switched off: then the keys are on
    }
  };
  single.checked = remembered((kept) => kept.getItem(SWITCH)) !== "off";
  single.addEventListener("change", () => remembered((kept) => kept.setItem(SWITCH, single.checked ? "on" : "off")));

  const isWriting = (target) => target.matches?.("input:not([type=checkbox], [type=radio]), textarea, select, [contenteditable=true], .select2-search__field");

  const jump = (selector) => {
    const editor = window.CKEDITOR?.instances[selector.slice(1)];
    const box = form()?.querySelector(selector);
    if (editor) {
      editor.focus();
    } else {
      box?.focus();
      box?.scrollIntoView({ block: "center" });
    }
  };

  const press = (selector) => {
    const button = form()?.querySelector(selector);
    if (button) {
      form().requestSubmit(button);
    }
  };

  /* With Ctrl, Cmd or Alt: also while one types. Answers whether the key was ours. */
  const whileWriting = (event) => {
    const command = event.ctrlKey || event.metaKey;
    if (!form()) {
      return false;
    }
    if (command && !event.altKey && event.key.toLowerCase() === "s") {
      press("button[name=_continue], button[name=_save], input[name=_continue]");
      return true;
    }
    if (command && event.key === "Enter") {
      document.querySelector("button[data-next-step]")?.click();
      return true;
    }
    // By its place on the keyboard: with Alt a Mac types another character.
    const digit = event.altKey && !command && /^Digit([1-5])$/.exec(event.code);
    if (digit) {
      jump(PLACES[digit[1] - 1]);
      return true;
    }
    return false;
  };

  const alone = (key) => {
    const chord = before + key;
    before = key === "g" ? "g" : "";
    const acts = {
      "?": () => dialog.showModal(),
      n: () => add && !form() && window.location.assign(add),
      "/": () => (search() ? search().focus() : list && !form() && window.location.assign(list)),
      gh: () => window.location.assign(home),
    };
    const act = acts[chord] || acts[key];
    act?.();
    return Boolean(act);
  };

  const handle = (event) => {
    if (event.isComposing || event.defaultPrevented || document.querySelector("dialog[open]")) {
      return;
    }
    const plain = single.checked && !event.ctrlKey && !event.metaKey && !event.altKey && !isWriting(event.target);
    if (whileWriting(event) || (plain && event.view === window && alone(event.key))) {
      event.preventDefault();
    }
  };

  document.addEventListener("keydown", handle);
  document.querySelectorAll("[data-shortcuts]").forEach((button) => button.addEventListener("click", () => dialog.showModal()));
  // Keys pressed inside CKEditor's frame do not reach this document.
  window.CKEDITOR?.on("instanceReady", ({ editor }) => {
    const listen = () => editor.document?.$.addEventListener("keydown", handle);
    editor.on("contentDom", listen);
    listen();
  });
});
