// Shows the buttons that print the page. Without scripts the browser's menu does the same.
for (const print of document.querySelectorAll('button[data-print]')) {
  print.hidden = false;
  print.addEventListener('click', () => window.print());
}
