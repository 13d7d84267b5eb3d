/* Internal notes without leaving the story: each form is sent in the background and the panel is swapped for the answer.
   What is typed elsewhere in the panel stays; after an @ the colleagues whose name begins so are offered. */
"use strict";

(() => {
  const PAUSE = 200;
  const panel = () => document.querySelector(".notes");
  const fields = (root) => [...root.querySelectorAll("textarea, input[type=text]")];
  const place = (field) => `${field.form?.getAttribute("action")} ${field.name}`;
  const isTyped = (field) => field.value !== field.defaultValue;

  const swap = (html, sent) => {
    const fresh = new DOMParser().parseFromString(html, "text/html").querySelector(".notes");
    if (!fresh) {
      return false;
    }
    const old = panel();
    const typed = new Map(fields(old).filter((field) => field.form !== sent && isTyped(field)).map((field) => [place(field), field.value]));
    const known = new Set([...old.querySelectorAll("[id]")].map((element) => element.id));
    old.replaceWith(document.adoptNode(fresh));
    fields(fresh).forEach((field) => {
      if (typed.has(place(field))) {
        field.value = typed.get(place(field));
        field.closest("details")?.setAttribute("open", "");
      }
    });
    const count = document.querySelector(".notes-count");
    if (count) {
      count.textContent = fresh.dataset.waiting;
      count.hidden = fresh.dataset.waiting === "0";
    }
    const news = fresh.querySelector("[role=alert]") || [...fresh.querySelectorAll("li[id]")].find((item) => !known.has(item.id));
    if (news) {
      news.tabIndex = -1;
      news.focus();
    }
    return true;
  };

  const complain = (form) => {
    form.querySelector(".notes-failed")?.remove();
    const said = Object.assign(document.createElement("p"), { className: "notes-failed errornote", textContent: panel().dataset.failed });
    said.setAttribute("role", "alert");
    form.append(said);
  };

  document.addEventListener("submit", async (event) => {
    const form = event.target;
    if (!form.matches("form[data-notes]")) {
      return;
    }
    event.preventDefault();
    try {
      const answer = await fetch(`${form.getAttribute("action")}?panel`, { method: "POST", body: new FormData(form) });
      if (!swap(await answer.text(), form)) {
        complain(form);
      }
    } catch {
      complain(form);
    }
  });

  window.addEventListener("beforeunload", (event) => {
    if (panel() && fields(panel()).some(isTyped)) {
      event.preventDefault();
    }
  });

  // From the editor: a note about the selected passage
  document.addEventListener("desk:note", ({ detail }) => {
    const form = panel()?.querySelector(".note-new");
    if (!form) {
      return;
    }
    form.closest("details").open = true;
    form.elements.quote.value = detail.passage.replace(/\s+/g, " ").slice(0, 300);
    form.scrollIntoView({ block: "nearest" });
    form.elements.text.focus();
  });

  // A notice leads to #notes or to one note
  const open = () => {
    const wanted = /^#note/.test(window.location.hash) && document.querySelector(window.location.hash);
    if (wanted) {
      for (let box = wanted.closest("details"); box; box = box.parentElement.closest("details")) {
        box.open = true;
      }
      wanted.scrollIntoView({ block: "nearest" });
    }
  };
  window.addEventListener("hashchange", open);
  document.addEventListener("DOMContentLoaded", open);

  // Names

  let timer = 0;
  const wanted = (area) => /(?:^|\s)@([\p{L}\p{N}_.+-]*(?: [\p{L}]+){0,3})$/u.exec(area.value.slice(0, area.selectionStart))?.[1];
  const forget = () => document.querySelector(".mentions")?.remove();

  const choose = (area, user) => {
    const end = area.selectionStart;
    const begin = area.value.lastIndexOf("@", end - 1);
    area.setRangeText(`@${user} `, begin, end, "end");
    forget();
    area.focus();
  };

  const offer = async (area) => {
    const term = wanted(area);
    if (term === undefined) {
      forget();
      return;
    }
    const answer = await fetch(`${panel().dataset.people}?${new URLSearchParams({ q: term })}`);
    const { found } = answer.ok ? await answer.json() : { found: [] };
    forget();
    if (!found.length || wanted(area) !== term) {
      return;
    }
    const list = document.createElement("ul");
    list.className = "mentions";
    list.append(...found.map(({ user, name }) => {
      const button = Object.assign(document.createElement("button"), { type: "button", textContent: name === user ? name : `${name} (@${user})` });
      button.addEventListener("click", () => choose(area, user));
      const item = document.createElement("li");
      item.append(button);
      return item;
    }));
    area.closest("label").after(list);
  };

  document.addEventListener("input", ({ target }) => {
    if (target.matches(".notes textarea")) {
      window.clearTimeout(timer);
      timer = window.setTimeout(() => offer(target).catch(forget), PAUSE);
    }
  });

  document.addEventListener("keydown", (event) => {
    const list = document.querySelector(".mentions");
    if (!list) {
      return;
    }
    const buttons = [...list.querySelectorAll("button")];
    const at = buttons.indexOf(document.activeElement);
    if (event.key === "Escape") {
      forget();
    } else if (event.key === "ArrowDown" && (at >= 0 || event.target.matches(".notes textarea"))) {
      event.preventDefault();
      buttons[Math.min(at + 1, buttons.length - 1)].focus();
    } else if (event.key === "ArrowUp" && at >= 0) {
      event.preventDefault();
      (buttons[at - 1] || list.previousElementSibling.querySelector("textarea")).focus();
    }
  });

  // A click on the quoted passage finds it in the text
  document.addEventListener("click", ({ target }) => {
    const quote = target.closest?.(".note-quote");
    const frame = quote && document.querySelector("iframe.cke_wysiwyg_frame")?.contentWindow;
    if (frame) {
      frame.getSelection().removeAllRanges();
      frame.find(quote.textContent);
    }
  });
})();
