/* The session is over and the form is full of words: the same person signs in again without leaving it.
   window.deskRelogin() asks once, however often it is called, and answers whether they did. */
"use strict";

(() => {
  let asking = null;

  const ask = () =>
    new Promise((answer) => {
      const dialog = document.querySelector("#relogin");
      const form = dialog.querySelector("form");
      const problem = dialog.querySelector(".relogin-problem");
      const code = dialog.querySelector(".relogin-code");
      const { relogin, failed } = document.querySelector("#desk-autosave").dataset;
      let signedIn = false;

      form.onsubmit = async (event) => {
        event.preventDefault();
        const fields = { username: form.elements.username.value, password: form.elements.password.value };
        fields.code = form.elements.code.value;
        await window.deskServer.alive(); // a token, where the old one went with the session
        const { status, body } = await window.deskServer.post(relogin, fields);
        if (status === 200 && body.csrf) {
          window.deskServer.renew(body.csrf);
          window.deskStore.reopen();
          signedIn = true;
          dialog.close();
          return;
        }
        if (body.code && code.hidden) {
          code.hidden = false; // the password was right; the second factor is asked next
          form.elements.code.focus();
          return;
        }
        problem.textContent = (body.errors || [failed]).join(" ");
        (code.hidden ? form.elements.password : form.elements.code).select();
      };
      dialog.querySelector("[data-later]").onclick = () => dialog.close();
      dialog.onclose = () => {
        form.elements.password.value = form.elements.code.value = problem.textContent = "";
        code.hidden = true;
        answer(signedIn);
      };
      dialog.showModal();
      form.elements.password.focus();
    });

  window.deskRelogin = () => {
    asking ??= ask().finally(() => {
      asking = null;
    });
    return asking;
  };
})();
