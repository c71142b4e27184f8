// <auto-save data-url data-key data-elsewhere data-done data-total>: saves each answer, shows and hides questions, counts.
import { answer, visible } from '../conditions.js';
import { Outbox } from '../outbox.js';

const PAUSE_MS = 700;
const WORDS = {
  waiting: '已存本机，正在提交…',
  offline: '网络不通，答案已存本机',
  'signed-out': '登录已过期，答案已存本机，请重新登录',
  locked: '这份答卷已经提交，刚才的修改没有保存',
  refused: '没保存成功，内容还在本机，请刷新页面',
};

class AutoSave extends HTMLElement {
  connectedCallback() {
    this.form = this.querySelector('form');
    this.form.elements.scripted.value = '1';
    this.elsewhere = JSON.parse(this.dataset.elsewhere);
    this.outbox = new Outbox(this.dataset.key, this.dataset.url, (state, told) => this.tell(state, told));
    this.restore();
    this.form.addEventListener('input', (event) => this.note(event.target));
    this.form.addEventListener('submit', (event) => this.leave(event));
    this.flush = () => this.outbox.flush();
    addEventListener('online', this.flush);
    addEventListener('pagehide', this.flush);
    document.addEventListener('visibilitychange', this.flush);
    this.look();
  }

  disconnectedCallback() {
    removeEventListener('online', this.flush);
    removeEventListener('pagehide', this.flush);
    document.removeEventListener('visibilitychange', this.flush);
  }

  /** What was typed and has not arrived is put back, also what the server could not read. */
  restore() {
    const { pending, refused } = this.outbox.box;
    for (const [name, value] of Object.entries(refused)) this.fill(name, value);
    for (const [name, { value }] of Object.entries(pending)) this.fill(name, value);
    if (this.outbox.empty) return;
    this.tell('waiting');
    this.outbox.later(0);
  }

  note(input) {
    if (!input.name || input.type === 'file' || input.name.endsWith('-remove')) return;
    if (input.type === 'checkbox') this.leaveAlone(input);
    else if (input.type === 'text' || !input.type) this.inputs(input.name).forEach((one) => 'alone' in one.dataset && (one.checked = false));
    this.outbox.put(input.name, this.texts(input.name));
    this.look();
    this.outbox.later(PAUSE_MS);
  }

  /** 「以上都没有」 and its like stand alone. */
  leaveAlone(input) {
    if (!input.checked) return;
    for (const other of this.inputs(input.name)) {
      if (other === input) continue;
      if (other.type !== 'checkbox') other.value = '';
      else if ('alone' in input.dataset || 'alone' in other.dataset) other.checked = false;
    }
  }

  inputs(name) {
    return [...this.form.elements].filter((one) => one.name === name);
  }

  texts(name) {
    return this.inputs(name)
      .filter((one) => !['radio', 'checkbox'].includes(one.type) || one.checked)
      .map((one) => one.value);
  }

  fill(name, texts) {
    const rest = [...texts];
    for (const input of this.inputs(name)) {
      if (['radio', 'checkbox'].includes(input.type)) input.checked = texts.includes(input.value);
      else input.value = rest.shift() ?? '';
    }
  }

  /** Shows and hides, and counts what is asked and done. */
  look() {
    const cards = [...this.querySelectorAll('[data-question]')];
    const outside = Object.entries(this.elsewhere).map(([key, { type }]) => ({ key, type }));
    const own = cards.map(({ dataset }) => ({
      key: dataset.question,
      type: dataset.type,
      showIf: dataset.showIf ? JSON.parse(dataset.showIf) : null,
    }));
    const types = Object.fromEntries(own.map(({ key, type }) => [key, type]));
    const asked = visible([...outside, ...own], (key) =>
      key in types ? answer(types[key], this.texts(key)) : this.elsewhere[key].value,
    );
    for (const card of cards) card.hidden = !asked.has(card.dataset.question);
    this.count(cards.filter((card) => !card.hidden && card.dataset.type !== 'note'));
  }

  count(cards) {
    const done = Number(this.dataset.done) + cards.filter(isDone).length;
    const total = Number(this.dataset.total) + cards.length;
    const bar = this.querySelector('progress');
    [bar.max, bar.value] = [total || 1, done];
    this.querySelector('[data-count]').textContent = `${done} / ${total} 题`;
  }

  tell(state, told) {
    this.querySelector('[data-state]').textContent = state === 'saved' ? `已保存 ${told.at}` : WORDS[state];
    if (state !== 'saved') return;
    for (const name of told.names) {
      if (told.echo[name]) this.say(`[data-echo-of="${name}"]`, told.echo[name]);
      else this.hush(`[data-echo-of="${name}"]`);
      if (name in told.errors) this.say(`[data-error-of="${name}"]`, told.errors[name]);
      else this.hush(`[data-error-of="${name}"]`);
    }
  }

  hush(selector) {
    const line = this.querySelector(selector);
    if (line) line.hidden = true;
  }

  say(selector, text) {
    const line = this.querySelector(selector);
    if (!line) return;
    (line.querySelector('span') ?? line).textContent = text;
    line.hidden = false;
  }

  /** A page that the net cannot replace is not left. */
  async leave(event) {
    if (this.going || (this.outbox.empty && navigator.onLine)) return;
    event.preventDefault();
    await this.outbox.flush();
    if (!this.outbox.empty || !navigator.onLine) {
      if (!this.outbox.dead) this.tell('offline');
      return;
    }
    this.going = true;
    this.form.requestSubmit(event.submitter);
  }
}

function isDone(card) {
  const lines = card.querySelectorAll('.matrix-row');
  const filled = (part) =>
    [...part.querySelectorAll('input, textarea, select')].some((one) =>
      ['radio', 'checkbox'].includes(one.type) ? one.checked : one.value.trim(),
    );
  return lines.length ? [...lines].every(filled) : filled(card) || card.querySelector('.answer-files') !== null;
}

customElements.define('auto-save', AutoSave);
