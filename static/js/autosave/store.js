/* What is typed is kept on this machine: in IndexedDB; where that is missing in localStorage; where both are, nowhere.
   window.deskStore: put(record), all(), remove(key), wipe(), onlyOf(user). `put` answers whether the record is kept.
   After a logout, here or in another tab, nothing is kept any more until somebody signs in. */
"use strict";

(() => {
  const NAME = "newsroom-desk";
  const FORMS = "forms";
  const PREFIX = `${NAME}:`;
  const SLOW = 3000; // some private windows neither open a database nor refuse it, and a broken one never ends a write
  const channel = "BroadcastChannel" in window ? new BroadcastChannel(NAME) : null;
  let opening = null;
  let closed = false;

  const inTime = (promise) =>
    Promise.race([
      promise,
      new Promise((_done, failed) => {
        window.setTimeout(() => failed(new Error("slow")), SLOW);
      }),
    ]);

  const finished = (request) =>
    new Promise((done, failed) => {
      request.onsuccess = () => done(request.result);
      request.onerror = () => failed(request.error);
    });

  const connect = async () => {
    const request = window.indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(FORMS, { keyPath: "key" });
    const database = await inTime(finished(request));
    database.onclose = database.onversionchange = () => {
      database.close();
      opening = null;
    };
    return database;
  };

  const inDatabase = async (mode, work) => {
    opening ??= connect();
    const database = await opening.catch((error) => {
      opening = null;
      throw error;
    });
    // "strict": on the disk when it says so, whatever happens to the machine next.
    const transaction = database.transaction(FORMS, mode, { durability: "strict" });
    const asked = work(transaction.objectStore(FORMS));
    await inTime(
      new Promise((done, failed) => {
        transaction.oncomplete = done;
        transaction.onerror = transaction.onabort = () => failed(transaction.error);
      }),
    );
    return asked.result;
  };

  const local = {
    keys: () => Object.keys(window.localStorage).filter((key) => key.startsWith(PREFIX)),
    put: (record) => window.localStorage.setItem(PREFIX + record.key, JSON.stringify(record)),
    all: () => local.keys().map((key) => JSON.parse(window.localStorage.getItem(key))),
    remove: (key) => window.localStorage.removeItem(PREFIX + key),
    wipe: () => local.keys().forEach((key) => window.localStorage.removeItem(key)),
  };

  const attempt = async (work, otherwise) => {
    try {
      return await work();
    } catch {
      return otherwise;
    }
  };

  const put = async (record) => {
    if (closed) {
      return false;
    }
    if (await attempt(async () => (await inDatabase("readwrite", (forms) => forms.put(record)), true), false)) {
      return true;
    }
    return attempt(() => (local.put(record), true), false);
  };

  const all = async () => [
    ...(await attempt(() => inDatabase("readonly", (forms) => forms.getAll()), [])),
    ...(await attempt(() => local.all(), [])),
  ];

  const remove = async (key) => {
    await attempt(() => inDatabase("readwrite", (forms) => forms.delete(key)));
    await attempt(() => local.remove(key));
  };

  const wipe = async () => {
    closed = true;
    channel?.postMessage("closed");
    await attempt(() => inDatabase("readwrite", (forms) => forms.clear()));
    await attempt(() => local.wipe());
  };

  const reopen = () => {
    closed = false;
  };

  channel?.addEventListener("message", ({ data }) => {
    closed = data === "closed";
  });

  const onlyOf = async (user) => {
    const others = (await all()).filter((record) => record.user !== user);
    await Promise.all(others.map((record) => remove(record.key)));
  };

  window.deskStore = { put, all, remove, wipe, reopen, onlyOf };
})();
