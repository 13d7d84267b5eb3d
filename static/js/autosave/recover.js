/* What was typed and never saved is offered when the form is opened again: restore it, look at it, throw it away. */
"use strict";

document.addEventListener("desk:keeping", async () => {
  const DAY_AND_HOUR = { day: "numeric", month: "numeric", year: "numeric", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const keep = window.deskKeep;
  const words = document.querySelector("#desk-autosave").dataset;
  const bar = document.querySelector("#recover");
  const shown = window.deskForm.read(keep.form);

  /* Forms that are open in another tab of this browser are not lost: they are left alone. */
  const living = async () => {
    const held = (await navigator.locks?.query())?.held || [];
    return new Set(held.map((lock) => lock.name.replace("desk-form-", "")));
  };

  const forget = (found) => {
    window.deskStore.remove(found.key);
    window.deskServer.post(words.discard, { form: found.form });
  };

  const gather = async () => {
    const answer = await window.deskServer.get(words.autosave);
    const isHere = (record) => record.user === words.user && (record.article || "") === words.article;
    const local = (await window.deskStore.all()).filter(isHere);
    const newest = new Map();
    [...(answer.body.autosaves || []), ...local].forEach((found) => {
      const record = { ...found, key: `${words.user}/${words.article || "new"}/${found.form}` };
      if (!(newest.get(found.form)?.at >= found.at)) {
        newest.set(found.form, record);
      }
    });
    return [...newest.values()].sort((one, other) => (one.at < other.at ? 1 : -1));
  };

  const restore = async (found) => {
    await window.deskForm.fill(keep.form, found.data);
    keep.adopt(found.base);
    keep.note();
    await keep.flush();
    forget(found);
  };

  const look = (found) => {
    const dialog = document.querySelector("#recover-look");
    const [title, lede, body] = window.deskForm.words(found.data);
    dialog.querySelector("h2").textContent = title || words.untitled;
    dialog.querySelector(".recover-lede").textContent = lede;
    dialog.querySelector(".recover-body").textContent = body;
    dialog.showModal();
  };

  const offer = (found) => {
    const row = document.querySelector("#recover-row").content.firstElementChild.cloneNode(true);
    const moment = new Date(found.at).toLocaleString(document.documentElement.lang, { timeZone: words.zone, ...DAY_AND_HOUR });
    const [title] = window.deskForm.words(found.data);
    row.querySelector(".recover-when").textContent = `${words.unfinished} ${moment}${words.article || !title ? "" : `: ${title}`}`;
    const press = (name, act) => row.querySelector(`[data-${name}]`).addEventListener("click", act);
    const done = () => {
      row.remove();
      bar.hidden = !bar.children.length;
    };
    press("restore", async () => {
      row.querySelectorAll("button").forEach((button) => {
        button.disabled = true;
      });
      await restore(found);
      done();
      keep.form.elements.title.focus();
    });
    press("look", () => look(found));
    press("discard", () => {
      forget(found);
      done();
    });
    bar.append(row);
    bar.hidden = false;
  };

  const [found, open] = await Promise.all([gather(), living()]);
  found
    .filter((record) => record.form !== keep.name && !open.has(record.form))
    .forEach((record) => (window.deskForm.same(record.data, shown) ? forget(record) : offer(record)));
});
