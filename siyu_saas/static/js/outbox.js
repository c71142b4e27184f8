// Answers on their way: kept on the device until the server has them, however often the page is closed or the net is gone.
const RETRY_MOST_MS = 60_000;
const KEEPALIVE_BYTES = 60_000;
const MOST_ITEMS = 200;
const PREFIX = 'siyu:sheet:';

export class Outbox {
  /** `told(state, answer)` hears: waiting, saved, offline, signed-out, locked, refused. */
  constructor(key, url, told) {
    Object.assign(this, { key, url, told, tries: 0, timer: null, sending: null, dead: false });
    this.load();
  }

  load() {
    try {
      this.box = JSON.parse(localStorage.getItem(this.key));
    } catch {
      this.box = null;
    }
    this.box ??= { client: crypto.getRandomValues(new Uint32Array(4)).join('-'), seq: 0, pending: {}, refused: {} };
  }

  get empty() {
    return Object.keys(this.box.pending).length === 0;
  }

  put(name, value) {
    this.box.seq += 1;
    this.box.pending[name] = { value, seq: this.box.seq };
    delete this.box.refused[name];
    this.store();
    this.told('waiting');
  }

  store() {
    try {
      localStorage.setItem(this.key, JSON.stringify(this.box));
    } catch {
      // A full or forbidden storage: the answers are still sent, they only do not survive the page.
    }
  }

  forget() {
    localStorage.removeItem(this.key);
  }

  later(wait) {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), wait);
  }

  flush() {
    this.sending ??= this.send().finally(() => (this.sending = null));
    return this.sending;
  }

  async send() {
    clearTimeout(this.timer);
    if (this.empty || this.dead) return;
    const items = Object.entries(this.box.pending).slice(0, MOST_ITEMS).map(([name, one]) => ({ name, ...one }));
    const body = JSON.stringify({ client: this.box.client, items });
    const answer = await fetch(this.url, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', Accept: 'application/json', 'X-CSRFToken': token() },
      body,
      keepalive: new Blob([body]).size < KEEPALIVE_BYTES,
    }).catch(() => null);
    if (answer?.ok) return this.taken(items, await answer.json());
    if (!answer || answer.status >= 500 || answer.status === 429) return this.again();
    if (answer.status === 401) return this.told('signed-out');
    this.dead = true;
    this.told(answer.status === 409 ? 'locked' : 'refused');
  }

  taken(items, told) {
    for (const { name, value, seq } of items) {
      if (this.box.pending[name]?.seq === seq) delete this.box.pending[name];
      if (told.errors[name]) this.box.refused[name] = value;
    }
    this.tries = 0;
    this.store();
    this.told('saved', { ...told, names: items.map(({ name }) => name) });
    if (!this.empty) this.later(0);
  }

  again() {
    this.tries += 1;
    this.told('offline');
    this.later(Math.min(2 ** this.tries * 1000, RETRY_MOST_MS));
  }
}

const token = () => document.querySelector('meta[name="csrf-token"]').content;

// Nothing of a person stays on a device that they sign out of.
document.addEventListener('submit', (event) => {
  if (!event.target.action.endsWith('/sign-out')) return;
  for (const key of Object.keys(localStorage)) if (key.startsWith(PREFIX)) localStorage.removeItem(key);
});
