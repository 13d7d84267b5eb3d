/* The form is sent by script, so that whatever goes wrong on the way, the words are still on the screen: kept on this
   machine first, then sent; who is signed out signs in again in place; only a page that says "saved" replaces it. */
"use strict";

document.addEventListener("desk:keeping", () => {
  const keep = window.deskKeep;
  const form = keep.form;
  const words = document.querySelector("#desk-autosave").dataset;
  const alarm = document.querySelector("#send-failed");
  const PATIENCE = 3000; // for an autosave on its way: one that came after the save would outlive it
  let passing = false; // the browser itself sends this time
  let sending = false;
  let isLate = false;

  const complain = (text, button) => {
    alarm.querySelector("p").textContent = `${text} ${keep.isSafe() ? words.safe : words.unsafe}`;
    alarm.querySelector("button").onclick = () => submit(button);
    alarm.hidden = false;
    form.querySelector(".action-bar")?.prepend(alarm);
    keep.say("");
    alarm.querySelector("button").focus();
  };

  const reason = (status) => {
    const known = { 0: words.unreachable, 403: words.denied, 404: words.gone, 413: words.large };
    return known[status] || `${words.broken} (${status}).`;
  };

  const post = async (button) => {
    window.deskForm.sync(form);
    const body = new FormData(form);
    if (button?.name) {
      body.append(button.name, button.value);
    }
    const options = { method: "POST", body, redirect: "manual", credentials: "same-origin", headers: { "X-Desk-Form": "1" } };
    try {
      const answer = await fetch(form.action || window.location.href, options);
      const isJson = (answer.headers.get("Content-Type") || "").startsWith("application/json");
      return { status: answer.status, type: answer.type, location: isJson ? (await answer.json()).location : "" };
    } catch {
      return { status: 0 };
    }
  };

  /* Turned away: "again" when it is worth trying once more, else the name of what to say. */
  const cleared = async () => {
    const { status, body } = await window.deskServer.alive(); // and the token is fresh
    if (status === 401) {
      return (await window.deskRelogin()) ? "again" : "signedOut";
    }
    return status === 200 && body.may ? "again" : "denied";
  };

  const natively = (button) => {
    keep.handOn();
    passing = true;
    form.requestSubmit(button || undefined);
  };

  const finish = async (location) => {
    await window.deskStore.remove(keep.key);
    if (isLate) {
      await window.deskServer.post(words.discard, { form: keep.name });
    }
    window.location.assign(location);
  };

  const go = async (button, isSecond = false) => {
    const answer = await post(button);
    if (answer.location) {
      return finish(answer.location);
    }
    const isTurnedAway = answer.type === "opaqueredirect" || answer.status === 403;
    const why = isTurnedAway ? await cleared() : "";
    if (why === "again" && !isSecond) {
      return go(button, true);
    }
    // A page that says what to mend, or another step. Nothing was stored, so the browser may fetch it once more.
    if (answer.status === 200 || answer.status === 409 || answer.status === 422) {
      return natively(button);
    }
    keep.resume();
    return complain(words[why] || reason(answer.status), button);
  };

  const submit = async (button) => {
    if (sending) {
      return;
    }
    sending = true;
    alarm.hidden = true;
    form.setAttribute("aria-busy", "true");
    await keep.keepHere();
    keep.say(words.sending);
    isLate = true;
    const patience = new Promise((done) => {
      window.setTimeout(done, PATIENCE);
    });
    await Promise.race([keep.stop().then(() => (isLate = false)), patience]);
    await go(button);
    form.removeAttribute("aria-busy");
    sending = false;
  };

  form.addEventListener("submit", (event) => {
    const isLook = event.submitter?.formTarget === "_blank"; // the preview, in a tab of its own: nothing is sent off
    if (!passing && !isLook && !event.defaultPrevented) {
      event.preventDefault();
      submit(event.submitter);
    }
  });
});
