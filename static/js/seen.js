/* The page is open, so the notices that lead to it are read: a word of the page itself, because a mere GET changes
   nothing. The article's form says so along with who is present (presence.js). */
"use strict";

(() => {
  const { to } = document.currentScript.dataset;
  const token = document.querySelector("[name=csrfmiddlewaretoken]")?.value;
  if (token) {
    const body = new URLSearchParams({ about: window.location.pathname });
    fetch(to, { method: "POST", headers: { "X-CSRFToken": token }, body }).catch(() => {});
  }
})();
