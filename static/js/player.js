/* A player is a link until it is pressed; then the provider's frame takes its place. */
document.addEventListener("click", (event) => {
  const link = event.target.closest?.(".player-link");
  const box = link?.closest("[data-frame]");
  if (!box || event.ctrlKey || event.metaKey || event.shiftKey) {
    return;
  }
  event.preventDefault();
  const frame = document.createElement("iframe");
  frame.title = box.dataset.title;
  frame.allow = "autoplay; fullscreen; encrypted-media; picture-in-picture";
  frame.referrerPolicy = "strict-origin-when-cross-origin"; // YouTube plays nothing for who does not say where
  frame.setAttribute("sandbox", "allow-scripts allow-same-origin allow-popups allow-popups-to-escape-sandbox allow-presentation");
  frame.src = box.dataset.frame;
  box.replaceChildren(frame);
  frame.tabIndex = 0;
  frame.focus();
});
