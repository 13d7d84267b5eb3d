/* A newsroom's computer is shared: nothing of what one person wrote stays on it when they log out, or when another
   person signs in. What the server has not got yet is sent there first. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const user = document.querySelector("[data-desk-user]")?.dataset.deskUser;
  const logout = document.querySelector("#logout-form");
  if (!user || !window.deskStore) {
    return;
  }
  window.deskStore.onlyOf(user);
  logout?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const patience = new Promise((done) => {
      window.setTimeout(done, 3000);
    });
    await Promise.race([window.deskKeep?.flush(), patience]);
    await Promise.race([window.deskStore.wipe(), patience]);
    window.deskKeep?.stop(); // leaving is meant
    logout.submit();
  });
});
