/* Reading without a line: starts the service worker (templates/sw.js) when the page is done and the machine idle, keeps
   the article that was open before the worker was there, and says when a page is a copy. */
const PAGES = "pages-1";

async function start() {
  const isFirst = !navigator.serviceWorker.controller;
  await navigator.serviceWorker.register("/sw.js");
  if (isFirst && document.querySelector("main article.article")) {
    const { active } = await navigator.serviceWorker.ready;
    active.postMessage({ read: location.pathname, pictures: pictures() });
  }
}

const pictures = () => [...document.querySelectorAll("main .lead-photo img")].map((image) => image.currentSrc);

function ask() {
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => {
    const note = document.createElement("p");
    note.className = "copy-note";
    note.setAttribute("role", "status");
    const time = new Date(data.kept).toLocaleString("vi-VN", { dateStyle: "short", timeStyle: "short" });
    note.textContent = data.words.replace("{time}", time);
    document.body.append(note);
  };
  navigator.serviceWorker.controller.postMessage({ language: document.documentElement.lang }, [channel.port2]);
}

async function list(place) {
  const cache = await caches.open(PAGES);
  const items = [];
  for (const request of (await cache.keys()).reverse()) {
    const page = new DOMParser().parseFromString(await (await cache.match(request)).text(), "text/html");
    const link = document.createElement("a");
    link.href = new URL(request.url).pathname;
    link.textContent = page.title;
    const item = document.createElement("li");
    item.append(link);
    items.push(item);
  }
  place.querySelector("ul").replaceChildren(...items);
  place.hidden = items.length === 0;
  if (location.pathname !== place.dataset.kept) {
    // Not while a kept article is being opened: the reload would call that off.
    const opening = new AbortController();
    addEventListener("online", () => location.reload(), { signal: opening.signal });
    place.addEventListener("click", () => opening.abort());
  }
}

if ("serviceWorker" in navigator && window.isSecureContext) {
  const idle = window.requestIdleCallback || setTimeout;
  const begin = () => idle(() => start().catch(() => {}));
  if (document.readyState === "complete") {
    begin();
  } else {
    addEventListener("load", begin);
  }
  if (navigator.serviceWorker.controller) {
    ask();
  }
  const place = document.querySelector("[data-kept]");
  if (place) {
    list(place);
  }
}
