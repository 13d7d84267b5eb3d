/* Who else has the article open, who holds the pen, and whether a newer version was saved. One call every five seconds,
   every fifteen from the background. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const OPEN = 5000;
  const HIDDEN = 15000;
  const bar = document.querySelector("#presence");
  const place = document.querySelector("#desk-autosave");
  if (!bar || !place?.dataset.article) {
    return;
  }
  const words = bar.dataset;
  const list = bar.querySelector("ul");
  const clock = new Intl.DateTimeFormat(document.documentElement.lang, { timeStyle: "short", timeZone: place.dataset.zone, hourCycle: "h23" });
  const name = [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  let ticket = "";
  let asked = 0;
  let held = false;
  let taken = "";
  let timer = 0;

  const say = (pattern, who, moment) => pattern.replace("[name]", who).replace("[time]", clock.format(new Date(moment)));

  /* [kind, text, may the pen be taken], the most urgent first. */
  const lines = (answer) => {
    const colleagues = answer.others.filter((other) => !other.same_user);
    const writer = colleagues.find((other) => other.holds);
    const found = [];
    if (writer && taken) {
      found.push(["taken", say(words.taken, writer.name, taken), writer.may_take]);
    } else if (writer) {
      found.push(["writes", say(words.writes, writer.name, writer.since), writer.may_take]);
    }
    colleagues.filter((other) => other !== writer).forEach((other) => found.push(["reads", say(words.reads, other.name, other.since)]));
    if (answer.others.some((other) => other.same_user)) {
      found.push(["twice", words.twice]);
    }
    if (answer.newer) {
      found.push(["newer", say(answer.newer.same_user ? words.newerOwn : words.newer, answer.newer.name, answer.newer.at)]);
    }
    return found;
  };

  const line = ([kind, text, mayTake]) => {
    const item = document.createElement("li");
    item.className = `presence-${kind}`;
    item.append(text);
    if (mayTake) {
      const button = Object.assign(document.createElement("button"), { type: "button", className: "presence-take", textContent: words.takeOver });
      button.addEventListener("click", () => beat(words.take));
      item.append(" ", button);
    }
    return item;
  };

  const show = (answer) => {
    if (held && !answer.holds && answer.others.some((other) => other.holds)) {
      taken = new Date().toISOString();
    } else if (answer.holds) {
      taken = "";
    }
    held = answer.holds;
    const found = lines(answer);
    // Only what is new is written: a screen reader reads what is written.
    if (list.dataset.said !== JSON.stringify(found)) {
      list.dataset.said = JSON.stringify(found);
      list.replaceChildren(...found.map(line));
    }
    bar.hidden = !found.length;
  };

  const fields = () => ({ form: name, pass: ticket, base: window.deskKeep?.base() || place.dataset.base });

  const beat = async (url = words.url) => {
    window.clearTimeout(timer);
    const since = asked;
    asked = performance.now();
    const typed = window.deskKeep?.changedSince(since) ? "1" : "";
    const { status, body } = await window.deskServer.post(url, { ...fields(), typed });
    if (status === 200) {
      ticket = body.pass;
      show(body);
    } else if (status === 403 && body.refused) {
      list.replaceChildren(line(["refused", body.refused]));
      list.dataset.said = "";
    } else {
      asked = since; // what was typed is told again
      ticket = "";
    }
    timer = window.setTimeout(beat, document.hidden ? HIDDEN : OPEN);
  };

  window.addEventListener("pagehide", () => window.deskServer.post(words.url, { ...fields(), left: "1" }, { keepalive: true }));
  document.addEventListener("visibilitychange", () => !document.hidden && beat());
  window.setTimeout(beat, 1000); // a form that was just left by reloading has said so by then
});
