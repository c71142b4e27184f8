// <gantt-edit data-tasks="…/tasks/">: bars are moved by dragging with a mouse or with ←/→ (Shift: the length, PgUp/PgDn: a
// week), Enter opens the task. Touch scrolls. What was moved is sent as the date form of the task would send it.
const WAIT_MS = 900;

class GanttEdit extends HTMLElement {
  connectedCallback() {
    this.sheet = this.querySelector('.gantt-sheet');
    this.board = this.querySelector('.board');
    if (!this.board) return;
    this.day = Number(this.board.dataset.day);
    this.scrollToToday();
    this.board.addEventListener('keydown', (event) => this.press(event));
    if (!this.dataset.tasks) return;
    this.board.addEventListener('pointerdown', (event) => this.take(event));
    this.board.addEventListener('pointermove', (event) => this.drag(event));
    this.board.addEventListener('pointerup', () => this.drop());
    this.board.addEventListener('pointercancel', () => this.cancel());
  }

  scrollToToday() {
    const today = this.board.querySelector('.today');
    if (today) this.sheet.scrollLeft = Math.max(0, today.getBBox().x - this.sheet.clientWidth / 3);
  }

  press(event) {
    const bar = event.target.closest('[data-task]');
    if (!bar || event.isComposing) return;
    if (event.key === 'Enter') location.href = `${this.dataset.tasks}${bar.dataset.task}`;
    const days = { ArrowLeft: -1, ArrowRight: 1, PageUp: -7, PageDown: 7 }[event.key];
    if (event.key === 'Escape') this.put(bar, 0, 0);
    if (!days || !this.dataset.tasks) return;
    event.preventDefault();
    const [moved, longer] = [Number(bar.dataset.moved ?? 0), Number(bar.dataset.longer ?? 0)];
    if (event.shiftKey) this.put(bar, moved, longer + days);
    else this.put(bar, moved + days, longer);
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.send(bar), WAIT_MS);
  }

  take(event) {
    const bar = event.target.closest('[data-task]');
    if (!bar || event.pointerType === 'touch' || event.button !== 0) return;
    event.preventDefault();
    this.board.setPointerCapture(event.pointerId);
    const box = bar.querySelector('.plan-bar').getBoundingClientRect();
    this.held = { bar, from: event.clientX, atEnd: event.clientX > box.right - 6 };
    bar.focus();
  }

  drag(event) {
    if (!this.held) return;
    const days = Math.round((event.clientX - this.held.from) / this.day);
    if (this.held.atEnd) this.put(this.held.bar, 0, days);
    else this.put(this.held.bar, days, 0);
  }

  drop() {
    const bar = this.held?.bar;
    this.held = null;
    if (bar) this.send(bar);
  }

  cancel() {
    if (this.held) this.put(this.held.bar, 0, 0);
    this.held = null;
  }

  put(bar, moved, longer) {
    const rect = bar.querySelector('.plan-bar');
    bar.dataset.width ??= rect.getAttribute('width');
    const width = Math.max(this.day, Number(bar.dataset.width) + longer * this.day);
    bar.dataset.moved = moved;
    bar.dataset.longer = Math.round((width - Number(bar.dataset.width)) / this.day);
    bar.setAttribute('transform', `translate(${moved * this.day} 0)`);
    rect.setAttribute('width', width);
    const { starts, ends } = this.days(bar);
    bar.setAttribute('aria-valuetext', `${starts} 至 ${ends}`);
  }

  days(bar) {
    const [moved, longer] = [Number(bar.dataset.moved ?? 0), Number(bar.dataset.longer ?? 0)];
    return { starts: later(bar.dataset.from, moved), ends: later(bar.dataset.until, moved + longer) };
  }

  send(bar) {
    const { starts, ends } = this.days(bar);
    if (starts === bar.dataset.from && ends === bar.dataset.until) return;
    const form = Object.assign(document.createElement('form'), { method: 'post', action: `${this.dataset.tasks}${bar.dataset.task}/days`, hidden: true });
    const token = document.querySelector('meta[name="csrf-token"]').content;
    for (const [name, value] of Object.entries({ csrf_token: token, starts_on: starts, ends_on: ends, back: 'plan' })) {
      form.append(Object.assign(document.createElement('input'), { type: 'hidden', name, value }));
    }
    document.body.append(form);
    form.submit();
  }
}

function later(day, days) {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + days);
  return date.toISOString().slice(0, 10);
}

customElements.define('gantt-edit', GanttEdit);
