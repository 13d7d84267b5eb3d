/* A dialog of the editor's own buttons: the browser's <dialog>, which keeps the focus inside and closes with Escape. */
"use strict";

window.deskDialog = ({ title, words, build, onOk, ok }) => {
  const make = (tag, props = {}, ...inside) => {
    const element = Object.assign(document.createElement(tag), props);
    element.append(...inside);
    return element;
  };
  const returnTo = document.activeElement;
  const box = make("section", { className: "desk-dialog-box" });
  const said = make("output", { className: "desk-dialog-said" });
  const close = make("button", { type: "button", className: "action action-second", textContent: words.close });
  const heading = make("h2", { textContent: title, id: "desk-dialog-title" });
  const form = make("form", { method: "dialog", className: "desk-dialog-form" }, heading, box, said);
  const buttons = make("p", { className: "desk-dialog-buttons" });
  if (onOk) {
    buttons.append(make("button", { type: "submit", className: "action", textContent: ok || words.insert }));
  }
  buttons.append(close);
  form.append(buttons);
  const dialog = make("dialog", { className: "desk-dialog" }, form);
  dialog.setAttribute("aria-labelledby", heading.id);
  const dismiss = () => dialog.close();
  close.addEventListener("click", dismiss);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (onOk && (await onOk()) !== false) {
      dismiss();
    }
  });
  dialog.addEventListener("keydown", (event) => {
    if (event.key === "Escape") {
      event.preventDefault(); // which would only empty a search box first
      dismiss();
    }
  });
  dialog.addEventListener("close", () => {
    dialog.remove();
    returnTo?.focus?.();
  });
  build({ box, said, dismiss, make });
  document.body.append(dialog);
  dialog.showModal();
  box.querySelector("input, textarea")?.focus();
  return dialog;
};

/* A box to search with: asks `url` for JSON as the person types and hands what is found to `show`. */
window.deskSearch = ({ box, said, make, url, label, words, show, pause = 250 }) => {
  const input = make("input", { type: "search", autocomplete: "off" });
  const list = make("ul", { className: "desk-dialog-list" });
  box.append(make("label", {}, label, input), list);
  let timer = 0;
  let latest = 0;
  const ask = async () => {
    latest += 1;
    const mine = latest;
    said.textContent = words.searching;
    try {
      const answer = await fetch(`${url}?${new URLSearchParams({ q: input.value })}`);
      const { found } = await answer.json();
      if (mine === latest) {
        said.textContent = found.length ? "" : words.nothing;
        list.replaceChildren(...found.map(show));
      }
    } catch {
      said.textContent = words.failed;
    }
  };
  input.addEventListener("input", () => {
    window.clearTimeout(timer);
    timer = window.setTimeout(ask, pause);
  });
  input.addEventListener("keydown", (event) => {
    if (event.key === "Enter") {
      event.preventDefault(); // looks again; only a button inserts
      ask();
    } else if (event.key === "ArrowDown") {
      event.preventDefault();
      list.querySelector("button, input")?.focus();
    }
  });
  return { input, list, ask };
};
