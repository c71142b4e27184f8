// <toast-stack>: messages that leave by themselves, except failures; they wait while pointed at or focused.
const STAY_MS = 6_000;

class ToastStack extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', (event) => event.target.closest('[data-close]')?.closest('.toast').remove());
    new MutationObserver(() => this.time()).observe(this, { childList: true });
    this.time();
  }

  time() {
    for (const message of this.querySelectorAll('.toast:not([data-timed]):not(.bad)')) {
      message.dataset.timed = '';
      this.leave(message);
    }
  }

  leave(message) {
    setTimeout(() => (message.matches(':hover, :focus-within') ? this.leave(message) : message.remove()), STAY_MS);
  }

  show(kind, text) {
    const template = this.querySelector(`template[data-kind="${kind}"]`);
    const message = template.content.cloneNode(true);
    message.querySelector('span').textContent = text;
    if ([...this.querySelectorAll('.toast span')].some((shown) => shown.textContent === text)) return;
    this.append(message);
  }
}

customElements.define('toast-stack', ToastStack);

/** `kind`: ok or bad. */
export function toast(kind, text) {
  document.querySelector('toast-stack')?.show(kind, text);
}
