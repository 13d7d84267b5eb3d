/* CKEditor writes a script into each frame of its own: one that calls back by a number which differs from page to page
   and from dialog to dialog, so that no hash in a policy could name it. It is left out here and its call is made from
   outside, and the pages with the editor need no inline script at all (newsroom/headers.py). */
"use strict";

(() => {
  const CALLING = /<script[^>]*>[^<]*?CKEDITOR\.tools\.callFunction\((\d+)(,window)?\)[^]*?<\/script>/;
  const LEAVING = /onbeforeunload\s*=[^]*?callFunction\((\d+)\)/;

  /* Hands `html` without its calling script to `write`, and calls once the frame's document is there. */
  const quietly = (frame, html, write) => {
    const found = CALLING.exec(html);
    write(found ? html.replace(found[0], "") : html);
    if (!found) {
      return;
    }
    const view = frame.defaultView;
    const leaving = LEAVING.exec(found[0]);
    if (leaving) {
      view.onbeforeunload = () => void CKEDITOR.tools.callFunction(Number(leaving[1]));
    }
    const call = () => CKEDITOR.tools.callFunction(Number(found[1]), found[2] && view);
    if (found[2] && frame.readyState === "loading") {
      frame.addEventListener("DOMContentLoaded", call);
    } else {
      call();
    }
  };

  /* The text itself. */
  const { document: pages } = CKEDITOR.dom;
  const write = pages.prototype.write;
  pages.prototype.write = function writeQuietly(html) {
    quietly(this.$, html, (rest) => write.call(this, rest));
  };

  /* The choice of a file in a dialog, which is written past the function above. */
  CKEDITOR.on("instanceReady", () => {
    const { prototype } = CKEDITOR.ui.dialog.file;
    if (prototype.isQuiet) {
      return;
    }
    prototype.isQuiet = true;
    const builder = CKEDITOR.dialog._.uiElementBuilders.file;
    const build = builder.build;
    builder.build = (dialog, definition, output) => {
      const made = [];
      const element = build.call(builder, dialog, definition, made);
      output.push(made.join("").replace('src="javascript:void(0)"', ""));
      return element;
    };
    const reset = prototype.reset;
    prototype.reset = function resetQuietly() {
      const frame = CKEDITOR.document.getById(this._.frameId).getFrameDocument().$;
      frame.write = (html) => {
        delete frame.write; // the browser's own again
        quietly(frame, html, (rest) => frame.write(rest));
      };
      reset.call(this);
    };
  });
})();
