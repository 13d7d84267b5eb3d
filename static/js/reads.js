// Tells the newspaper, once a tab, that an article was read: five seconds on the screen. No cookie, no id, no answer.
const READ_AFTER = 5000;

const remembered = (key) => {
  try {
    return sessionStorage.getItem(key) !== null;
  } catch {
    return false; // storage switched off: the server knows a reader again for half an hour
  }
};

const remember = (key) => {
  try {
    sessionStorage.setItem(key, "");
  } catch {
    // as above
  }
};

const watch = (address) => {
  const key = `read:${address}`;
  let timer = 0;
  const look = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(tell, READ_AFTER);
  };
  const tell = () => {
    document.removeEventListener("visibilitychange", look);
    if (navigator.sendBeacon(address)) remember(key);
  };
  if (remembered(key)) return;
  document.addEventListener("visibilitychange", look);
  look();
};

const article = document.querySelector("[data-read]");
if (article && navigator.sendBeacon) watch(article.dataset.read);
