/* Many at once: sends the chosen articles some at a time, shows how far it is, names each refusal beside its article.
   What is done is unticked, so after a broken line the same button carries on with the rest. */
"use strict";

(() => {
  const form = document.querySelector("form.bulk");
  const button = form.querySelector("button[name=do]");
  const progress = form.querySelector("progress");
  const bar = form.querySelector(".bulk-progress");
  const problem = form.querySelector(".bulk-problem");
  const atOnce = Number(form.dataset.atOnce);
  const sums = { done: 0, refused: 0 };
  let running = false;

  const complain = (text) => {
    problem.textContent = text;
    problem.hidden = text === "";
  };

  const say = () => {
    progress.value = sums.done + sums.refused;
    bar.querySelector("[role=status]").textContent =
      `${progress.value}/${progress.max} · ${sums.done} ${form.dataset.done} · ${sums.refused} ${form.dataset.refused}`;
  };

  const settle = (outcome) => {
    const box = form.querySelector(`input[name=chosen][value="${outcome.pk}"]`);
    const row = box.closest("li");
    box.checked = false;
    box.disabled = true;
    row.className = outcome.done ? "done" : "refused";
    row.querySelector(".bulk-said").textContent = outcome.done ? outcome.remark || form.dataset.done : outcome.reason;
    sums[outcome.done ? "done" : "refused"] += 1;
    say();
  };

  const send = async (keys) => {
    const data = new FormData(form);
    data.delete("chosen");
    keys.forEach((key) => data.append("chosen", key));
    data.append("do", "1");
    const response = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "application/json" } });
    if (response.redirected || response.status === 403) {
      throw new Error(form.dataset.login);
    }
    const answer = await response.json();
    if (!response.ok) {
      throw new Error(answer.error || form.dataset.broken);
    }
    answer.outcomes.forEach(settle);
  };

  const ticked = () => [...form.querySelectorAll("input[name=chosen]:checked")].map((box) => box.value);

  const work = async () => {
    for (let keys = ticked(); keys.length; keys = ticked()) {
      await send(keys.slice(0, atOnce));
    }
  };

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (running || !ticked().length) {
      return;
    }
    running = true;
    button.disabled = true;
    complain("");
    bar.hidden = false;
    progress.max = sums.done + sums.refused + ticked().length;
    say();
    try {
      await work();
      button.hidden = true;
    } catch (error) {
      // A failed fetch and an answer that is no JSON carry words of the browser's; ours say what to do.
      complain(error instanceof TypeError || error instanceof SyntaxError ? form.dataset.broken : error.message);
      button.textContent = form.dataset.again;
    }
    button.disabled = false;
    running = false;
  });

  window.addEventListener("beforeunload", (event) => {
    if (running) {
      event.preventDefault();
    }
  });
})();
