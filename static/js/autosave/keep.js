/* Nothing typed is lost: within a second it is kept on this machine, within five on the server; one quiet line says so.
   window.deskKeep is what its siblings ask: the form and its name, flush(), stop(), resume(), say(), … */
"use strict";

/* Whether somebody typed before all scripts were there, which takes seconds on a slow line. */
const typedEarly = (() => {
  const form = document.querySelector("#article_form");
  const boxes = form?.querySelectorAll("textarea, input[type=text]") || [];
  let isTyped = [...boxes].some((box) => box.value !== box.defaultValue);
  const hear = () => {
    isTyped = true;
  };
  form?.addEventListener("input", hear);
  return () => {
    form.removeEventListener("input", hear);
    return isTyped;
  };
})();

window.addEventListener("load", () => {
  const LOCAL = 700; // ms after the first change
  const REST = 2000; // ms after the last key, but
  const LIMIT = 5000; // never longer than this after a change, and never more often
  const LOOK = 3000; // scripts may fill a box without an event
  const SMALL = 60000; // bytes that a browser sends from a page that is closing

  const place = document.querySelector("#desk-autosave");
  const form = document.querySelector("#article_form");
  const editable = form?.querySelector("[name=title]:not([type=hidden])");
  if (!place || !form || !editable) {
    return;
  }
  const session = (work) => {
    try {
      return work(window.sessionStorage);
    } catch {
      return null; // switched off
    }
  };
  const words = place.dataset;
  const line = document.querySelector("#autosave-line");
  const said = document.querySelector("#autosave-said");
  form.querySelector(".action-state")?.append(document.querySelector("#autosave-status"));

  // The name of this form: not of the tab, which a browser copies when a tab is doubled.
  // Handed on where the browser itself sends it and gets it back refused.
  const handed = session((kept) => kept.getItem("desk-form"));
  session((kept) => kept.removeItem("desk-form"));
  const random = () => [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const name = handed || random();
  const box = Object.assign(document.createElement("input"), { type: "hidden", name: "form_tab", value: name });
  form.append(box);
  // Held as long as this form lives; a browser that dies lets go of it.
  navigator.locks?.request(`desk-form-${name}`, () => new Promise(() => {}));

  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "medium", timeZone: words.zone, hourCycle: "h23" });
  const key = `${words.user}/${words.article || "new"}/${name}`;
  const boxOfBase = () => form.elements.base;
  const base = () => (boxOfBase() ? boxOfBase().value : words.base);

  let opened = "";
  let here = ""; // what this machine keeps
  let there = ""; // what the server keeps
  let isKept = true; // nothing is waiting to be kept on this machine
  let stopped = false;
  let localTimer = 0;
  let serverTimer = 0;
  let sending = null;
  let sentAt = -LIMIT;
  let firstChange = 0;
  let lastChange = 0;
  let failed = false;

  const say = (text, kind = "quiet") => {
    line.textContent = kind === "quiet" ? text : "";
    const loud = kind === "quiet" ? "" : text;
    if (said.textContent !== loud) {
      said.textContent = loud;
    }
    document.querySelector("#autosave-relogin").hidden = kind !== "login";
  };

  const text = () => JSON.stringify(window.deskForm.read(form));

  const keepHere = async () => {
    window.clearTimeout(localTimer);
    localTimer = 0;
    const now = text();
    if (now === here || (now === opened && !here)) {
      isKept = true;
      return;
    }
    const record = { key, user: words.user, article: words.article, form: name, base: base(), at: new Date().toISOString() };
    const kept = await window.deskStore.put({ ...record, data: JSON.parse(now) });
    if (kept) {
      here = now;
      isKept = text() === now;
    }
    if (now !== there) {
      plan();
    }
  };

  const plan = () => {
    const due = Math.max(sentAt + LIMIT, Math.min(lastChange + REST, firstChange + LIMIT));
    window.clearTimeout(serverTimer);
    serverTimer = window.setTimeout(keepThere, Math.max(0, due - performance.now()));
  };

  const report = (answer, isHere) => {
    if (answer.status === 200) {
      say(`${words.saved} ${clock.format(new Date(answer.body.saved_at))}`);
    } else if (answer.status === 401) {
      say(words.expired, "login");
    } else {
      say([answer.body.refused, isHere ? words.only : words.nowhere].filter(Boolean).join(" "), "problem");
    }
    failed = answer.status !== 200;
  };

  const send = async (keepalive) => {
    const now = text();
    if (now === there || (now === opened && !there)) {
      return;
    }
    sentAt = performance.now();
    firstChange = 0;
    const answer = await window.deskServer.post(words.autosave, { form: name, base: base(), data: now }, { keepalive });
    if (answer.status === 200) {
      there = now;
    }
    if (!stopped) {
      report(answer, here === now);
    }
    if (!stopped && (answer.status !== 200 || firstChange)) {
      firstChange ||= performance.now();
      plan();
    }
  };

  const keepThere = (keepalive = false) => {
    window.clearTimeout(serverTimer);
    sending ??= send(keepalive).finally(() => {
      sending = null;
    });
    return sending;
  };

  const note = () => {
    if (stopped) {
      return;
    }
    lastChange = performance.now();
    firstChange ||= lastChange;
    isKept = false;
    localTimer ||= window.setTimeout(keepHere, LOCAL);
  };

  const flush = async () => {
    await keepHere();
    await sending;
    await keepThere();
  };

  const leave = () => {
    if (!stopped) {
      keepHere();
      keepThere(new Blob([text()]).size < SMALL);
    }
  };

  const begin = () => {
    opened = text();
    if (typedEarly() || handed) {
      opened = ""; // a refused form, or one that was written in while it loaded: what it holds is saved nowhere
      note();
    }
    const look = () => !stopped && text() !== (here || opened) && note();
    ["input", "change"].forEach((kind) => form.addEventListener(kind, note));
    form.addEventListener("pointerup", look); // rows that were put into another order
    form.addEventListener("keyup", (event) => event.altKey && look());
    ["formset:added", "formset:removed"].forEach((kind) => document.addEventListener(kind, note));
    window.django?.jQuery(form).on("change", note);
    Object.values(window.CKEDITOR?.instances || {}).forEach((editor) => editor.on("change", note));
    window.setInterval(look, LOOK);
    window.addEventListener("online", () => failed && keepThere());
    document.addEventListener("visibilitychange", () => document.hidden && leave());
    window.addEventListener("pagehide", leave);
    window.addEventListener("beforeunload", (event) => {
      if (!stopped && !isKept && text() !== (here || opened)) {
        keepHere();
        event.preventDefault();
      }
    });
    document.querySelector("#autosave-relogin").addEventListener("click", async () => (await window.deskRelogin()) && keepThere());
    document.dispatchEvent(new CustomEvent("desk:keeping"));
  };

  window.deskKeep = {
    form,
    key,
    name,
    base,
    flush,
    note,
    say,
    keepHere,
    isSafe: () => here === text(),
    changedSince: (moment) => lastChange > moment,
    handOn: () => session((kept) => kept.setItem("desk-form", name)),
    adopt: (number) => boxOfBase() && (boxOfBase().value = number),
    stop: async () => {
      stopped = true;
      window.clearTimeout(localTimer);
      window.clearTimeout(serverTimer);
      await sending;
    },
    resume: () => {
      stopped = false;
      note();
    },
  };

  // A form that the browser brings back from its memory is older than what was saved from it.
  window.addEventListener("pageshow", ({ persisted }) => persisted && window.location.reload());

  const whole = () => Object.values(window.CKEDITOR?.instances || {}).every((editor) => editor.status === "ready");
  const wait = window.setInterval(() => {
    if (whole()) {
      window.clearInterval(wait);
      begin();
    }
  }, 100);
});
