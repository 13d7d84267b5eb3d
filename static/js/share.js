/* Copying the link, the device's own way of sharing, printing. The other ways are plain links. */
{
  const box = document.querySelector(".share");
  const status = box?.querySelector(".share-status");
  const say = (words) => {
    status.textContent = "";
    window.setTimeout(() => {
      status.textContent = words; // anew, so that it is read out the second time too
    }, 50);
  };
  box?.querySelector(".share-copy")?.addEventListener("click", async ({ currentTarget }) => {
    const { address, done, failed } = currentTarget.dataset;
    try {
      await navigator.clipboard.writeText(address);
      say(done);
    } catch {
      say(`${failed} ${address}`); // no clipboard without https: the address to copy by hand
    }
  });
  box?.querySelector(".share-print")?.addEventListener("click", () => window.print());
  const device = box?.querySelector(".share-device");
  if (device && navigator.share) {
    device.dataset.ready = "";
    device.addEventListener("click", () => {
      navigator.share({ title: device.dataset.title, url: device.dataset.address }).catch(() => {}); // closed again
    });
  }
}
