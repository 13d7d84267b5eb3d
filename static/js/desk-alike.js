/* Stories like the one in the form, saved or not, each with a button that puts it among the related links. */
"use strict";

window.addEventListener("load", () => {
  const box = document.querySelector("#alike");
  const group = document.querySelector("#links-group");
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  const $ = window.django?.jQuery;
  if (!box || !group || !token || !$ || !group.querySelector(".empty-form")) {
    return;
  }
  const { add, added, article, asking, failed, none, url } = box.dataset;
  const said = box.querySelector("output");
  const list = box.querySelector("ul");
  box.hidden = false;

  const value = (name) => document.querySelector(`#id_${name}`)?.value || "";
  const linked = () => [...group.querySelectorAll("tr.form-row:not(.empty-form) select[name$=-target]")].map((select) => select.value).filter(Boolean);

  const put = ({ id, title }) => {
    group.querySelector(".add-row a").click();
    const select = [...group.querySelectorAll("tr.form-row:not(.empty-form) select[name$=-target]")].at(-1);
    select.append(new Option(title, id, true, true));
    $(select).trigger("change");
    select.dispatchEvent(new Event("input", { bubbles: true })); // whoever watches the form for what was typed
  };

  const line = (found) => {
    const button = Object.assign(document.createElement("button"), { type: "button", className: "action action-second action-small", textContent: add });
    const words = document.createElement("a");
    Object.assign(words, { textContent: found.title, href: found.url, target: "_blank", rel: "noopener" });
    const facts = Object.assign(document.createElement("span"), { textContent: found.facts });
    button.setAttribute("aria-label", `${add}: ${found.title}`);
    button.addEventListener("click", () => {
      put(found);
      button.disabled = true;
      button.textContent = added;
    });
    const item = document.createElement("li");
    item.append(button, words, facts);
    return item;
  };

  box.querySelector("button").addEventListener("click", async () => {
    said.textContent = asking;
    const form = new FormData();
    form.append("article", article);
    ["title", "lede", "category"].forEach((name) => form.append(name, value(name)));
    linked().forEach((pk) => form.append("linked", pk));
    try {
      const answer = await fetch(url, { method: "POST", body: form, headers: { "X-CSRFToken": token.value } });
      const { found } = await answer.json();
      said.textContent = found.length ? "" : none;
      list.replaceChildren(...found.map(line));
    } catch {
      said.textContent = failed;
    }
  });
});
