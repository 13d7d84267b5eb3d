/* The service worker: what a reader has read stays readable without a line. articles/views/machines/offline.py writes
   the constants above this text (VERSION, OFFLINE, SHELL, WORDS), so that a release is another script and takes over.
   Kept: the offline page, the look of the pages, the last articles that were read with their pictures, the front page.
   Never touched: the desk, previews, and everything that is sent. */
"use strict";

const OURS = { offline: `offline-${VERSION}`, files: "files-1", pages: "pages-1", pictures: "pictures-1" };
const MOST = { files: 40, pages: 30, pictures: 60 };
const PATIENCE = 3000; // milliseconds until a kept copy is better than waiting
const LEFT_ALONE = /^\/(admin|xem-truoc|dem|y-kien|api|sw\.js|healthz|readyz)(\/|$)/;
const ARTICLE = /^(\/en)?\/[-\w]+\/[-\w]*-\d+\/$/;
const copies = new Map(); // the id of a window that shows a copy → when it was kept

self.addEventListener("install", (event) => {
  event.waitUntil(install().then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(removeOthers().then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin || LEFT_ALONE.test(url.pathname)) {
    return;
  }
  if (request.mode === "navigate") {
    event.respondWith(page(event, url));
  } else if (/^\/(static|media)\//.test(url.pathname) && !request.headers.has("Range")) {
    event.respondWith(file(event, url));
  }
});

self.addEventListener("message", (event) => {
  if (event.data.read) {
    event.waitUntil(read(event.data));
    return;
  }
  const kept = event.source && copies.get(event.source.id);
  if (kept && event.ports[0]) {
    event.ports[0].postMessage({ kept, words: WORDS[event.data.language] || WORDS.vi });
  }
});

async function install() {
  const [offline, files] = await Promise.all([caches.open(OURS.offline), caches.open(OURS.files)]);
  await Promise.all([offline.add(OFFLINE), ...SHELL.map((address) => add(files, address))]);
}

async function add(cache, address) {
  if (!(await cache.match(address))) {
    await cache.add(address);
  }
}

async function removeOthers() {
  const names = await caches.keys();
  const old = names.filter((name) => !Object.values(OURS).includes(name));
  await Promise.all(old.map((name) => caches.delete(name)));
}

/* The network first; the copy when there is no line, no patience left or only an error. */
async function page(event, url) {
  const network = fetch(event.request);
  event.waitUntil(network.then((response) => remember(url, response.clone())).catch(() => {}));
  const cache = await caches.open(OURS.pages);
  const copy = await cache.match(url.pathname);
  try {
    const answer = await (copy ? Promise.race([network, soon(PATIENCE)]) : network);
    if (answer && !(copy && answer.status >= 500)) {
      return answer;
    }
  } catch {
    // no line
  }
  if (!copy) {
    return (await caches.match(OFFLINE)) || Response.error();
  }
  copies.set(event.resultingClientId, copy.headers.get("Date"));
  return copy;
}

const soon = (time) => new Promise((done) => setTimeout(done, time));

/* Keeps what was read; forgets what is gone, moved or withdrawn: it must not live on in readers' pockets. */
async function remember(url, response) {
  const cache = await caches.open(OURS.pages);
  const path = url.pathname;
  if ([404, 410].includes(response.status) || response.type === "opaqueredirect") {
    await cache.delete(path);
  } else if (isKept(url, response)) {
    await cache.delete(path); // so that the newest stands last
    await cache.put(path, response);
    await trim(cache, MOST.pages, (request) => ARTICLE.test(new URL(request.url).pathname));
  }
}

function isKept(url, response) {
  const isPage = (response.headers.get("Content-Type") || "").startsWith("text/html");
  const isPrivate = /no-store|private/.test(response.headers.get("Cache-Control") || "");
  const isWanted = ARTICLE.test(url.pathname) || (url.pathname === "/" && !url.search);
  return isWanted && isPage && !isPrivate && response.status === 200 && response.type === "basic";
}

/* The article that was open before there was a worker; its page costs an answer "not modified". */
async function read({ read, pictures }) {
  const url = new URL(read, self.location.origin);
  await remember(url, await fetch(url));
  const cache = await caches.open(OURS.pictures);
  const own = pictures.filter((address) => address.startsWith(`${self.location.origin}/media/`));
  await Promise.all(own.map((address) => add(cache, new URL(address).pathname)));
}

/* Names of files change with their content: a copy is as good as the file. */
async function file(event, url) {
  const copy = await caches.match(url.pathname);
  if (copy) {
    return copy;
  }
  const response = await fetch(event.request);
  const name = url.pathname.startsWith("/static/") ? "files" : "pictures";
  if (response.status === 200 && response.type === "basic" && isShown(event.request, name)) {
    const kept = response.clone();
    event.waitUntil(store(name, url.pathname, kept));
  }
  return response;
}

/* Of the pictures only those of articles: the thumbnails of a list would push them out. */
function isShown(request, name) {
  if (name === "files") {
    return true;
  }
  return request.destination === "image" && ARTICLE.test(new URL(request.referrer || request.url).pathname);
}

async function store(name, path, response) {
  const cache = await caches.open(OURS[name]);
  await cache.put(path, response);
  await trim(cache, MOST[name]);
}

async function trim(cache, most, counts = () => true) {
  const keys = (await cache.keys()).filter(counts);
  await Promise.all(keys.slice(0, Math.max(0, keys.length - most)).map((key) => cache.delete(key)));
}
