/* Text size of articles: three sizes, remembered on this device. */
{
  const KEY = "text-size";
  const root = document.documentElement;
  const stored = () => {
    try {
      return localStorage.getItem(KEY);
    } catch {
      return null; // storage is switched off: the choice lasts as long as the page
    }
  };
  const show = (size) => {
    root.dataset.size = size;
    document.querySelectorAll(".textsize button").forEach((button) => {
      button.setAttribute("aria-pressed", String(button.dataset.size === size));
    });
  };
  if (["2", "3"].includes(stored())) {
    show(stored());
  }
  document.querySelector(".textsize")?.addEventListener("click", ({ target }) => {
    const size = target.closest("button")?.dataset.size;
    if (!size) {
      return;
    }
    show(size);
    try {
      localStorage.setItem(KEY, size);
    } catch {
      /* as above */
    }
  });
}
