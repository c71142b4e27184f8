// Keys for people who live in the product, off while somebody types or an input method composes. The list is at `?`.
const WAIT = 900; // between the two keys of 「g i」
let goingSince = 0;

const typing = (event) =>
  event.isComposing || event.altKey || event.target.closest?.('input, textarea, select, [contenteditable]');

document.addEventListener('keydown', (event) => {
  if (event.isComposing || document.querySelector('dialog[open]')) return;
  if ((event.metaKey || event.ctrlKey) && event.key.toLowerCase() === 'k') follow('a[data-search-page]', event);
  else if (!typing(event) && !event.metaKey && !event.ctrlKey) single(event);
});

function single(event) {
  const going = Date.now() - goingSince < WAIT;
  goingSince = event.key === 'g' ? Date.now() : 0;
  if (going && /^[a-z]$/.test(event.key)) follow(`a[data-go="${event.key}"]`, event);
  else if (event.key === '/') search(event);
  else if (event.key === 'j' || event.key === 'k') step(event.key === 'j' ? 1 : -1, event);
  else if (event.key === 'n') nudge(event);
  else document.querySelector(`ui-dialog[data-key="${CSS.escape(event.key)}"]`)?.open();
}

function search(event) {
  const field = [...document.querySelectorAll('[data-search]')].find((element) => element.offsetParent);
  if (!field) return follow('a[data-search-page]', event);
  event.preventDefault();
  field.select();
}

function follow(chosen, event) {
  const link = document.querySelector(chosen);
  if (!link) return;
  event.preventDefault();
  link.click();
}

const rows = () => [...document.querySelectorAll('[data-rows] tr > th a, [data-rows] li > div > a')];

function step(by, event) {
  const links = rows();
  if (!links.length) return;
  event.preventDefault();
  const at = links.findIndex((link) => link.closest('tr, li').contains(document.activeElement));
  links[Math.min(Math.max(at + by, 0), links.length - 1)].focus();
}

function nudge(event) {
  const link = document.activeElement.closest?.('tr')?.querySelector('a[data-nudge]');
  if (!link) return;
  event.preventDefault();
  link.click();
}
