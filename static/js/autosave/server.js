/* Talking to the server from an open form. window.deskServer: post(url, fields), get(url, fields), alive().
   Each answers {status, body}: status 0 where nobody answered, body {} where the answer is no JSON. */
"use strict";

(() => {
  const PATIENCE = 15000;
  const settings = () => document.querySelector("#desk-autosave").dataset;
  const tokens = () => [...document.querySelectorAll("input[name=csrfmiddlewaretoken]")];

  const ask = async (url, options) => {
    const giveUp = new AbortController();
    const timer = window.setTimeout(() => giveUp.abort(), PATIENCE);
    try {
      const answer = await fetch(url, { credentials: "same-origin", cache: "no-store", signal: giveUp.signal, ...options });
      return { status: answer.status, body: await answer.json().catch(() => ({})) };
    } catch {
      return { status: 0, body: {} };
    } finally {
      window.clearTimeout(timer);
    }
  };

  /* A fresh token goes into every form of the page. */
  const renew = (token) =>
    tokens().forEach((box) => {
      box.value = token || box.value;
    });

  const get = (url, fields = {}) => {
    const { user, article } = settings();
    return ask(`${url}?${new URLSearchParams({ user, article, ...fields })}`);
  };

  const alive = async () => {
    const found = await get(settings().alive);
    renew(found.body.csrf);
    return found;
  };

  const send = (url, fields, keepalive) => {
    const { user, article } = settings();
    const body = new FormData(); // a third of the bytes that Vietnamese takes in an address
    const all = { user, article, csrfmiddlewaretoken: tokens()[0]?.value || "", ...fields };
    Object.entries(all).forEach(([name, value]) => body.append(name, value));
    return ask(url, { method: "POST", body, keepalive });
  };

  const post = async (url, fields, { keepalive = false } = {}) => {
    const answer = await send(url, fields, keepalive);
    if (answer.status === 401) {
      renew(answer.body.csrf);
    }
    // The token grew old: somebody signed in anew in another tab.
    if (answer.status === 403 && !answer.body.refused && !keepalive && (await alive()).status === 200) {
      return send(url, fields, keepalive);
    }
    return answer;
  };

  window.deskServer = { get, post, alive, renew };
})();
