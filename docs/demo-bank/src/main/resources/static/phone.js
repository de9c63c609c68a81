// Reloads the page after data-reload-after seconds, until somebody begins to use it. Without scripts a link does the same.
const page = document.querySelector('[data-reload-after]');
if (page) {
  const timer = setTimeout(() => location.replace(location.pathname), Number(page.dataset.reloadAfter) * 1000);
  for (const use of ['keydown', 'pointerdown']) {
    addEventListener(use, () => clearTimeout(timer), { once: true });
  }
}
