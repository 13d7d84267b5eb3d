/* A gallery shows what it holds and takes several pictures at once; a genre opens the part that belongs to it. */
"use strict";

window.addEventListener("load", () => {
  const words = document.querySelector("#desk-words")?.dataset;
  const token = document.querySelector("input[name=csrfmiddlewaretoken]");
  const gallery = document.querySelector("#gallery-group");
  const $ = window.django?.jQuery;
  if (!words || !token || !$) {
    return;
  }

  const parts = { live: "#live_updates-group", photos: "#gallery-group" };
  document.querySelector("#id_genre")?.addEventListener("change", ({ target }) => {
    const folded = document.querySelector(`${parts[target.value] || "#none"} details`);
    if (folded) {
      folded.open = true;
    }
  });

  const thumbnail = (row) => {
    const select = row.querySelector("select[data-thumbnail]");
    const cell = row.querySelector(".field-photo");
    if (!select || !cell || row.classList.contains("empty-form") || cell.querySelector(".gallery-thumb")) {
      return;
    }
    const image = document.createElement("img");
    image.className = "gallery-thumb";
    image.alt = "";
    cell.prepend(image);
    const show = () => {
      image.hidden = !select.value;
      if (select.value) {
        image.src = select.dataset.thumbnail.replace("/0/", `/${select.value}/`);
      }
    };
    $(select).on("change", show);
    show();
  };
  gallery?.querySelectorAll("tr.form-row").forEach(thumbnail);
  document.addEventListener("formset:added", ({ target }) => {
    if (gallery?.contains(target)) {
      thumbnail(target);
    }
  });

  const add = (pk, name) => {
    gallery.querySelector(".add-row a").click();
    const select = [...gallery.querySelectorAll("tr.form-row:not(.empty-form) select")].at(-1);
    select.append(new Option(name, pk, true, true));
    $(select).trigger("change");
  };

  const send = async (file) => {
    const form = new FormData();
    form.append("upload", file);
    const answer = await fetch(words.upload, { method: "POST", body: form, headers: { "X-CSRFToken": token.value } });
    const said = await answer.json().catch(() => ({}));
    if (!said.uploaded) {
      throw new Error(said.error?.message || answer.status);
    }
    add(parseInt(said.fileName, 10), file.name);
  };

  if (gallery?.querySelector(".empty-form")) {
    const input = Object.assign(document.createElement("input"), { type: "file", multiple: true, accept: "image/*", id: "gallery-files" });
    const label = Object.assign(document.createElement("label"), { htmlFor: input.id, textContent: words.several });
    const status = document.createElement("output");
    const box = document.createElement("p");
    box.className = "gallery-upload";
    box.append(label, input, status);
    gallery.querySelector("table").after(box);
    input.addEventListener("change", async () => {
      const refused = [];
      for (const [place, file] of [...input.files].entries()) {
        status.textContent = `${words.uploading} ${place + 1}/${input.files.length}`;
        // One after another: an old phone's line and a small server have enough to do with one picture.
        await send(file).catch((error) => refused.push(`${file.name} (${error.message})`));
      }
      status.textContent = refused.length ? `${words.failed} ${refused.join("; ")}` : words.uploaded;
      input.value = "";
    });
  }
});
