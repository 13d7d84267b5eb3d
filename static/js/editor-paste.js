/* What is pasted from Google Docs, Word, Facebook, Zalo and other sites, as a news text has it.
   Two passes around CKEditor's own: before it, what only the source's styles say (bold, emoji, pictures); after it, what
   is left over (tracking addresses, runs of spaces, empty paragraphs). Text that moves inside the editor is not touched. */
"use strict";

(() => {
  const { CKEDITOR } = window;
  if (!CKEDITOR) {
    return;
  }
  const TRACKING = /^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|zarsrc|_ga|ref_src|__tn__|__cft__.*)$/i;
  const REDIRECTS = { "l.facebook.com": "u", "lm.facebook.com": "u", "l.instagram.com": "u", "www.google.com": "q", "google.com": "q" };
  const PICTOGRAPH = /\p{Extended_Pictographic}|\p{Regional_Indicator}/u;
  const SMALL = 32; // px: a picture of this size stands for a face, not for the news

  const parse = (html) => new DOMParser().parseFromString(html, "text/html").body;

  const unwrap = (element) => element.replaceWith(...element.childNodes);

  const rename = (element, tag) => {
    const made = element.ownerDocument.createElement(tag);
    made.append(...element.childNodes);
    element.replaceWith(made);
    return made;
  };

  /* Google Docs wraps everything in a <b> that is not bold, and says what is bold in the style of a <span>. */
  const stylesAsTags = (body) => {
    body.querySelectorAll("b, strong").forEach((element) => {
      if (/^(normal|400)$/.test(element.style.fontWeight)) {
        unwrap(element);
      }
    });
    body.querySelectorAll("i, em").forEach((element) => {
      if (element.style.fontStyle === "normal") {
        unwrap(element);
      }
    });
    body.querySelectorAll("span").forEach((element) => {
      const { fontWeight, fontStyle } = element.style;
      const isHeading = element.closest("h1, h2, h3, h4, h5, h6, a");
      let inner = element;
      for (const [asked, tag] of [[/^(bold|[6-9]00)$/.test(fontWeight) && !isHeading, "strong"], [fontStyle === "italic", "em"]]) {
        if (asked && element.textContent.trim()) {
          const made = element.ownerDocument.createElement(tag);
          made.append(...inner.childNodes);
          inner.append(made);
          inner = made;
        }
      }
    });
  };

  /* Emoji become the characters they stand for; the number of pictures that stay behind. */
  const takeOutPictures = (body) => {
    let left = 0;
    body.querySelectorAll("img, picture, svg, video, iframe").forEach((element) => {
      const alt = element.getAttribute("alt") || "";
      const size = Math.max(parseInt(element.getAttribute("width") || element.style.width, 10) || 0, parseInt(element.getAttribute("height") || element.style.height, 10) || 0);
      const isEmoji = /emoji|emoticon|sticker|smil/i.test(`${element.getAttribute("src") || ""} ${element.getAttribute("class") || ""}`);
      if (PICTOGRAPH.test(alt) && [...alt].length <= 8) {
        element.replaceWith(alt);
      } else {
        left += element.localName === "img" && !isEmoji && !(size && size <= SMALL) ? 1 : 0;
        element.remove();
      }
    });
    return left;
  };

  const withoutTracking = (address) => {
    let url;
    try {
      url = new URL(address);
    } catch {
      return address;
    }
    const inside = url.searchParams.get(REDIRECTS[url.hostname] || "") || (/(^|\.)google\.com$/.test(url.hostname) && url.pathname === "/url" && url.searchParams.get("url"));
    if (inside && /^https?:\/\//.test(inside) && /^\/(l\.php|url)?$/.test(url.pathname)) {
      return withoutTracking(inside);
    }
    const extra = [...url.searchParams.keys()].filter((name) => TRACKING.test(name));
    extra.forEach((name) => url.searchParams.delete(name));
    const hash = url.hash.split(":~:")[0];
    if (!extra.length && hash === url.hash) {
      return address; // to the letter, as it was
    }
    url.hash = hash === "#" ? "" : hash;
    return url.href;
  };

  const cleanLinks = (body) => {
    body.querySelectorAll("a").forEach((element) => {
      const address = (element.getAttribute("href") || "").trim();
      if (!/^(https?:|mailto:|tel:|\/(?!\/))/i.test(address) || !element.textContent.trim()) {
        unwrap(element);
        return;
      }
      const clean = withoutTracking(address);
      element.setAttribute("href", clean);
      if (element.hasAttribute("data-cke-saved-href")) {
        element.setAttribute("data-cke-saved-href", clean);
      }
    });
  };

  const cleanSpaces = (body) => {
    const walker = document.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
      const node = walker.currentNode;
      if (!node.parentElement.closest("pre, code")) {
        node.data = node.data.replace(/[\u200b\u200c\u200e\u200f\u2060\ufeff\u00ad]/g, "").replace(/[ \t\r\n\u00a0\u2000-\u200a\u202f\u3000]+/g, " ");
      }
    }
  };

  const BLOCKS = "p, div, h1, h2, h3, h4, h5, h6, ul, ol, table, blockquote, figure, pre, section, article";

  /* Boxes around blocks go; a box around words is a paragraph. Cells and points of a list need no paragraph inside. */
  const flatten = (body) => {
    body.querySelectorAll("div, section, article, center").forEach((element) => {
      if (element.querySelector(BLOCKS)) {
        unwrap(element);
      } else {
        rename(element, "p");
      }
    });
    body.querySelectorAll("li, td, th").forEach((element) => {
      const [only, ...more] = element.children;
      if (only?.localName === "p" && !more.length && element.textContent.trim() === only.textContent.trim()) {
        unwrap(only);
      }
    });
  };

  /* Words that stand in no block become paragraphs, unless words are all there is: these go into the sentence. */
  const wrapLoose = (body) => {
    const breaks = /<br[^>]*>(\s|<\/?span[^>]*>)*<br/i.test(body.innerHTML);
    if (!breaks && !body.querySelector(BLOCKS)) {
      return;
    }
    let paragraph = null;
    for (const node of [...body.childNodes]) {
      if (node.nodeType === Node.ELEMENT_NODE && node.matches(BLOCKS)) {
        paragraph = null;
      } else {
        if (!paragraph) {
          paragraph = body.ownerDocument.createElement("p");
          node.before(paragraph);
        }
        paragraph.append(node);
      }
    }
  };

  /* "25 tấn <em> (cam)</em>" → "25 tấn <em>(cam)</em>" */
  const spacesOutside = (body) => {
    body.querySelectorAll("strong, b, em, i, u, s, a").forEach((element) => {
      const { firstChild: first, lastChild: last } = element;
      if (first?.nodeType === Node.TEXT_NODE && /^\s/.test(first.data) && element.textContent.trim()) {
        first.data = first.data.trimStart();
        element.before(" ");
      }
      if (last?.nodeType === Node.TEXT_NODE && /\s$/.test(last.data) && element.textContent.trim()) {
        last.data = last.data.trimEnd();
        element.after(" ");
      }
    });
    body.normalize();
  };

  /* Two line breaks are how Zalo and many sites write a new paragraph. */
  const splitParagraphs = (body) => {
    body.querySelectorAll("p").forEach((paragraph) => {
      const parts = [[]];
      let breaks = 0;
      for (const node of [...paragraph.childNodes]) {
        if (node.nodeName === "BR") {
          breaks += 1;
          continue;
        }
        if (node.nodeType === Node.TEXT_NODE && !node.data.trim() && breaks) {
          continue;
        }
        if (breaks > 1) {
          parts.push([]);
        } else if (breaks && parts.at(-1).length) {
          parts.at(-1).push(body.ownerDocument.createElement("br"));
        }
        breaks = 0;
        parts.at(-1).push(node);
      }
      if (parts.length > 1) {
        paragraph.replaceWith(...parts.map((nodes) => {
          const made = body.ownerDocument.createElement("p");
          made.append(...nodes);
          return made;
        }));
      }
    });
  };

  const dropEmpty = (body) => {
    body.querySelectorAll("strong, b, em, i, u, s").forEach((element) => {
      if (!element.textContent) {
        element.remove();
      } else if (!element.textContent.trim()) {
        unwrap(element);
      }
    });
    body.querySelectorAll("p, h2, h3, h4, li, blockquote, ul, ol").forEach((element) => {
      if (!element.textContent.trim() && !element.querySelector("img")) {
        element.remove();
      }
    });
  };

  const trimBlocks = (body) => {
    body.querySelectorAll("p, h2, h3, li, td, th").forEach((element) => {
      const first = element.firstChild;
      const last = element.lastChild;
      if (first?.nodeType === Node.TEXT_NODE) {
        first.data = first.data.trimStart();
      }
      if (last?.nodeType === Node.TEXT_NODE) {
        last.data = last.data.trimEnd();
      }
    });
  };

  const before = (html) => {
    const body = parse(html);
    const pictures = takeOutPictures(body);
    stylesAsTags(body);
    body.querySelectorAll("h1").forEach((element) => rename(element, "h2"));
    body.querySelectorAll("h4, h5, h6").forEach((element) => rename(element, "h3"));
    return { html: body.innerHTML, pictures };
  };

  const after = (html) => {
    const body = parse(html);
    cleanLinks(body);
    flatten(body);
    wrapLoose(body);
    splitParagraphs(body);
    spacesOutside(body);
    cleanSpaces(body);
    dropEmpty(body);
    trimBlocks(body);
    return body.innerHTML;
  };

  CKEDITOR.plugins.add("pasteclean", {
    requires: "clipboard",
    init(editor) {
      const { words } = editor.config.newsroom;
      const fromOutside = ({ data }) => data.type !== "text" && data.dataTransfer?.getTransferType(editor) === CKEDITOR.DATA_TRANSFER_EXTERNAL;
      editor.on("paste", (event) => {
        if (!fromOutside(event) || !event.data.dataValue) {
          return;
        }
        // A picture alone on the clipboard is uploaded (uploadimage): its placeholder is not another site's picture.
        if (/data-cke-upload-id|^\s*<img[^>]+src="(data|blob):[^>]*>\s*$/.test(event.data.dataValue)) {
          return;
        }
        const { html, pictures } = before(event.data.dataValue);
        event.data.dataValue = html;
        if (pictures) {
          editor.showNotification(words.picturesLeft.replace("%s", pictures), "warning", 15000);
        }
      }, null, null, 2); // 1 reads the clipboard, 3 knows Word and Google Docs, 6 filters
      // CKEditor's cleaner of Word reads the clipboard once more, and would ask for the pictures of a foreign disk.
      editor.on("pasteFromWord", ({ data }) => {
        data.dataValue = data.dataValue.replace(/<img\b[^>]*>/gi, "");
      });
      editor.on("paste", (event) => {
        if (fromOutside(event) && event.data.dataValue && !/data-cke-upload-id/.test(event.data.dataValue)) {
          event.data.dataValue = after(event.data.dataValue);
        }
      }, null, null, 9);
    },
  });
})();
