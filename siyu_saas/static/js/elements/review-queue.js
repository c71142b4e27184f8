// <review-queue>: j and k move, a accepts, r opens the reasons, o opens the item; after a decision the next one is at hand.
class ReviewQueue extends HTMLElement {
  connectedCallback() {
    this.list = this.querySelector('.queue');
    this.listener = (event) => this.press(event);
    document.addEventListener('keydown', this.listener);
    this.addEventListener('htmx:afterSwap', () => this.choose(this.at));
    this.choose(0);
  }

  disconnectedCallback() {
    document.removeEventListener('keydown', this.listener);
  }

  get open() {
    return [...this.list.children].filter((row) => !row.classList.contains('reviewed'));
  }

  choose(place) {
    const rows = this.open;
    this.at = Math.max(0, Math.min(place, rows.length - 1));
    rows.forEach((row) => row.removeAttribute('aria-current'));
    rows[this.at]?.setAttribute('aria-current', 'true');
    rows[this.at]?.focus({ preventScroll: true });
    rows[this.at]?.scrollIntoView({ block: 'nearest' });
  }

  press(event) {
    if (event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.target.matches('input, textarea, select')) return;
    const row = this.open[this.at];
    const actions = {
      j: () => this.choose(this.at + 1),
      k: () => this.choose(this.at - 1),
      a: () => row?.querySelector('[data-key="a"]').click(),
      r: () => this.reasons(row),
      o: () => row?.querySelector('h2 a').click(),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }

  reasons(row) {
    const details = row?.querySelector('details');
    if (!details) return;
    details.open = true;
    details.querySelector('input, textarea').focus();
  }
}

customElements.define('review-queue', ReviewQueue);
