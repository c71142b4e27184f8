// Single keys, off while somebody types or an input method composes.
const typing = (event) =>
  event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.target.closest?.('input, textarea, select, [contenteditable]');

document.addEventListener('keydown', (event) => {
  if (typing(event) || document.querySelector('dialog[open]')) return;
  if (event.key === '/') search(event);
  else document.querySelector(`ui-dialog[data-key="${CSS.escape(event.key)}"]`)?.open();
});

function search(event) {
  const field = [...document.querySelectorAll('[data-search]')].find((element) => element.offsetParent);
  const page = document.querySelector('a[data-search-page]');
  if (!field && !page) return;
  event.preventDefault();
  if (field) field.select();
  else page.click();
}
