// <sheet-done data-key data-url>: on the last page, sends what is still on the device; with data-over, forgets it.
import { Outbox } from '../outbox.js';

class SheetDone extends HTMLElement {
  connectedCallback() {
    const outbox = new Outbox(this.dataset.key, this.dataset.url, (state) => {
      if (state === 'saved') location.reload();
    });
    if ('over' in this.dataset) outbox.forget();
    else if (!outbox.empty) outbox.flush();
  }
}

customElements.define('sheet-done', SheetDone);
