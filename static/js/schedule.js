/* The publish button says "schedule" while the time in the form is ahead; withdrawing asks first. */
"use strict";

(() => {
  const VIETNAM = 7; // hours ahead of UTC, all year

  const chosen = (day, time) => {
    const date = /^(\d{1,2})[/-](\d{1,2})[/-](\d{4})$/.exec(day.trim());
    const clock = /^(\d{1,2}):(\d{2})/.exec(time.trim()) || [0, 0, 0];
    return date ? Date.UTC(date[3], date[2] - 1, date[1], clock[1] - VIETNAM, clock[2]) : 0;
  };

  document.addEventListener("DOMContentLoaded", () => {
    const button = document.querySelector("button[name=_publish]");
    const day = document.querySelector("#id_published_at_0");
    const time = document.querySelector("#id_published_at_1");
    if (button && day && time) {
      const show = () => {
        const label = chosen(day.value, time.value) > Date.now() ? button.dataset.later : button.dataset.now;
        if (button.textContent !== label) {
          button.textContent = label;
        }
      };
      // Django's calendar and clock write into the boxes without an event: the click that chose is the sign.
      ["input", "change", "click", "focusin"].forEach((kind) => {
        document.addEventListener(kind, () => window.setTimeout(show));
      });
      show();
    }
    document.querySelectorAll("button[data-confirm]").forEach((asking) => {
      asking.addEventListener("click", (event) => {
        if (!window.confirm(asking.dataset.confirm)) {
          event.preventDefault();
        }
      });
    });
  });
})();
