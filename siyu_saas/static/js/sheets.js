// The sheet behind 「我的」 closes as people expect: by pressing beside it, or Escape.
const openSheets = () => document.querySelectorAll('.tab-more[open]');

document.addEventListener('click', (event) => {
  for (const sheet of openSheets()) if (!sheet.contains(event.target)) sheet.open = false;
});

document.addEventListener('keydown', (event) => {
  if (event.key !== 'Escape') return;
  for (const sheet of openSheets()) {
    sheet.open = false;
    sheet.querySelector('summary').focus();
  }
});
