/* Many pictures at once: dropped, chosen or taken with the phone's camera, sent one after another with their progress.
   A file that is refused says why and keeps no other waiting; one that was not sent can be sent again. */
"use strict";

document.addEventListener("DOMContentLoaded", () => {
  const box = document.querySelector(".upload-box");
  const form = box?.closest("form");
  if (!form) {
    return;
  }
  const words = box.dataset;
  const input = box.querySelector("input[type=file]");
  const list = box.querySelector(".upload-list");
  const said = box.querySelector(".upload-said");
  const tiles = document.querySelector("[data-tiles]");
  const queue = [];
  let busy = false;
  form.classList.add("upload-on"); // the plain button is not needed

  const pause = (seconds) => new Promise((done) => window.setTimeout(done, seconds * 1000));

  function send(row) {
    const data = new FormData(form);
    data.delete("upload");
    data.append("upload", row.file);
    data.append("tile", words.tile);
    return new Promise((done) => {
      const request = new XMLHttpRequest();
      request.open("POST", words.url);
      request.upload.addEventListener("progress", (event) => {
        row.bar.value = event.lengthComputable ? event.loaded / event.total : 0;
        row.say(row.bar.value < 1 ? words.sending : words.making);
      });
      request.addEventListener("loadend", () => {
        let answer = null;
        try {
          answer = JSON.parse(request.responseText);
        } catch {
          // a login page, a proxy's error, nothing at all
        }
        done({ status: request.status, wait: Number(request.getResponseHeader("Retry-After")) || 0, answer });
      });
      request.send(data);
    });
  }

  function show(tile) {
    const made = document.createElement("template");
    made.innerHTML = tile; // from our own server, which escaped it
    tiles.querySelector(".picker-empty")?.remove();
    tiles.prepend(made.content);
  }

  async function take(row) {
    if (row.file.size > Number(words.limit)) {
      row.end(words.large);
      return;
    }
    const { status, wait, answer } = await send(row);
    if (status === 429 && wait) {
      row.say(answer.error.message);
      await pause(wait);
      await take(row);
    } else if (answer?.uploaded) {
      show(answer.tile);
      row.end(words.done, "good");
    } else if (answer?.error) {
      row.end(answer.error.message);
    } else {
      row.end(words.lost, "again");
    }
  }

  async function run() {
    if (busy) {
      return;
    }
    busy = true;
    while (queue.length) {
      await take(queue.shift());
    }
    busy = false;
    said.textContent = words.all;
  }

  function line(file) {
    const item = document.createElement("li");
    const name = Object.assign(document.createElement("span"), { textContent: file.name });
    const bar = Object.assign(document.createElement("progress"), { max: 1, value: 0 });
    const state = Object.assign(document.createElement("small"), { textContent: words.waiting });
    bar.setAttribute("aria-label", file.name);
    item.append(name, bar, state);
    list.append(item);
    const row = {
      file,
      bar,
      say: (text) => {
        state.textContent = text;
      },
      end: (text, kind = "bad") => {
        row.say(text);
        bar.remove();
        item.className = `upload-${kind === "good" ? "good" : "bad"}`;
        if (kind === "again") {
          const again = Object.assign(document.createElement("button"), { type: "button", textContent: words.again });
          again.addEventListener("click", () => {
            item.remove();
            add([file]);
          });
          item.append(again);
        }
      },
    };
    return row;
  }

  function add(files) {
    list.hidden = false;
    said.textContent = "";
    queue.push(...[...files].map(line));
    run();
  }

  const chosen = () => {
    if (input.files.length) {
      add(input.files);
      input.value = "";
    }
  };
  input.addEventListener("change", chosen);
  chosen(); // on a slow line, before this script was there
  const holdsFiles = (event) => [...(event.dataTransfer?.types || [])].includes("Files");
  document.addEventListener("dragover", (event) => {
    if (holdsFiles(event)) {
      event.preventDefault(); // else the browser would leave the page for the picture
      box.classList.add("upload-over");
    }
  });
  document.addEventListener("dragleave", (event) => {
    if (!event.relatedTarget) {
      box.classList.remove("upload-over");
    }
  });
  document.addEventListener("drop", (event) => {
    if (holdsFiles(event)) {
      event.preventDefault();
      box.classList.remove("upload-over");
      add(event.dataTransfer.files);
    }
  });
  document.addEventListener("paste", (event) => {
    const files = [...(event.clipboardData?.files || [])];
    if (files.length) {
      event.preventDefault();
      add(files);
    }
  });
  window.addEventListener("beforeunload", (event) => {
    if (busy) {
      event.preventDefault();
    }
  });
});
