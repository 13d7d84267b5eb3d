/* Since when readers see the article: asks again while the site is still asked. Without it a reload shows the same. */
"use strict";

window.addEventListener("load", () => {
  const box = document.querySelector("#receipt");
  const QUICK = 20; // looks a second apart; after them one in ten seconds, as the outbox does
  let looks = 0;

  const isPending = () => box.querySelector("[data-pending]") !== null;
  const wait = () => setTimeout(look, looks < QUICK ? 1000 : 10000);

  async function look() {
    looks += 1;
    try {
      const answer = await fetch(box.dataset.url, { redirect: "error" });
      if (answer.ok) {
        const open = [...box.querySelectorAll("details")].map((details) => details.open);
        const focused = box.contains(document.activeElement);
        const text = await answer.text();
        if (!focused) {
          box.replaceChildren(...new DOMParser().parseFromString(text, "text/html").body.childNodes);
          box.querySelectorAll("details").forEach((details, place) => {
            details.open = open[place] ?? details.open;
          });
        }
      }
    } catch {
      // The next look finds out whether the server is there again.
    }
    if (isPending()) {
      wait();
    }
  }

  if (box && isPending()) {
    wait();
  }
});
