// A second press while the first is under way sends nothing.
const GIVE_UP_MS = 10_000; // an answer that is a download leaves the page, and the button, where they are

const buttons = (form) => [...form.elements].filter((element) => element.matches('button:not([type="button"]), [type="submit"]'));

export function hold(form) {
  form.dataset.sent = '';
  for (const button of buttons(form)) {
    if (button.disabled) continue;
    button.disabled = true;
    button.dataset.held = '';
  }
}

export function free(form) {
  delete form.dataset.sent;
  for (const button of buttons(form)) {
    if (!('held' in button.dataset)) continue;
    button.disabled = false;
    delete button.dataset.held;
  }
}

document.addEventListener('submit', (event) => {
  const form = event.target;
  if (event.defaultPrevented || form.method !== 'post') return;
  if ('sent' in form.dataset) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = '';
  setTimeout(() => hold(form)); // later, so that the pressed button's own value is still sent
  setTimeout(() => free(form), GIVE_UP_MS);
});

addEventListener('pageshow', () => document.querySelectorAll('form[data-sent]').forEach(free));
