/* Makes or shows a passkey: asks the newsroom what is needed, the browser for its answer, and goes where it is sent. */
"use strict";

(() => {
  const button = document.querySelector("[data-passkey]");
  const problem = document.querySelector("[data-passkey-problem]");
  const token = document.querySelector("[name=csrfmiddlewaretoken]").value;

  const bytes = (text) => {
    const plain = window.atob(text.replace(/-/g, "+").replace(/_/g, "/"));
    return Uint8Array.from(plain, (letter) => letter.charCodeAt(0));
  };

  const text = (buffer) => {
    const plain = String.fromCharCode(...new Uint8Array(buffer));
    return window.btoa(plain).replace(/\+/g, "-").replace(/\//g, "_").replace(/=/g, "");
  };

  const post = async (url, body) => {
    const answer = await fetch(url, { method: "POST", body: JSON.stringify(body), headers: { "X-CSRFToken": token } });
    return answer.json();
  };

  const named = (list) => (list || []).map((one) => ({ ...one, id: bytes(one.id) }));

  const ask = async (options) => {
    const publicKey = { ...options, challenge: bytes(options.challenge) };
    if (button.dataset.passkey === "use") {
      publicKey.allowCredentials = named(options.allowCredentials);
      return navigator.credentials.get({ publicKey });
    }
    publicKey.user = { ...options.user, id: bytes(options.user.id) };
    publicKey.excludeCredentials = named(options.excludeCredentials);
    return navigator.credentials.create({ publicKey });
  };

  const said = (found) => {
    const response = { clientDataJSON: text(found.response.clientDataJSON) };
    for (const name of ["attestationObject", "authenticatorData", "signature", "userHandle"]) {
      if (found.response[name]) {
        response[name] = text(found.response[name]);
      }
    }
    return { id: found.id, rawId: text(found.rawId), type: found.type, response };
  };

  button.addEventListener("click", async () => {
    problem.hidden = true;
    button.disabled = true;
    try {
      const options = await post(button.dataset.begin, {});
      let next = options.next;
      if (options.challenge) {
        const name = document.querySelector("#passkey-name")?.value || "";
        const url = button.dataset.finish + window.location.search;
        const done = await post(url, { answer: said(await ask(options)), name });
        if (done.error) {
          throw new Error(done.error);
        }
        next = done.next;
      }
      window.location.assign(next);
    } catch (error) {
      // What the browser says of itself is English and of no help; what the newsroom says is shown.
      problem.textContent = error instanceof DOMException || error.name !== "Error" ? button.dataset.failed : error.message;
      problem.hidden = false;
      button.disabled = false;
    }
  });

  if (!window.PublicKeyCredential) {
    button.disabled = true;
  }
})();
