// Reloads the page after data-reload-after seconds, when the next code or an answer is there. Without scripts a link does the same.
// With data-until-used the page stays as it is as soon as somebody uses it.
const page = document.querySelector('[data-reload-after]');
if (page) {
  const timer = setTimeout(() => location.replace(location.pathname), Number(page.dataset.reloadAfter) * 1000);
  if ('untilUsed' in page.dataset) {
    for (const use of ['keydown', 'pointerdown']) {
      addEventListener(use, () => clearTimeout(timer), { once: true });
    }
  }
}
