// <mention-box data-people="…">: an @ in the text area inside offers the people who can be told, by Chinese or pinyin.
const MOST = 6;

class MentionBox extends HTMLElement {
  connectedCallback() {
    this.field = this.querySelector('textarea');
    this.field.addEventListener('input', () => this.look());
    this.field.addEventListener('keydown', (event) => this.press(event));
    this.field.addEventListener('blur', () => setTimeout(() => this.close(), 150));
  }

  async look() {
    const typed = /@([^@\s]{0,12})$/.exec(this.field.value.slice(0, this.field.selectionStart));
    if (!typed) return this.close();
    this.typed = typed[1];
    const audience = this.closest('form').querySelector('[name="audience"]:checked')?.value ?? '';
    const found = (await this.people(audience)).filter((person) => fits(person, this.typed)).slice(0, MOST);
    return found.length ? this.offer(found) : this.close();
  }

  async people(audience) {
    this.known ??= new Map();
    if (!this.known.has(audience)) {
      const answer = await fetch(`${this.dataset.people}?audience=${audience}`);
      this.known.set(audience, answer.ok ? await answer.json() : []);
    }
    return this.known.get(audience);
  }

  offer(found) {
    this.close();
    this.list = Object.assign(document.createElement('div'), { className: 'mentions', role: 'listbox', id: `${this.field.id}-people` });
    this.list.setAttribute('aria-label', '可以提醒的人');
    found.forEach((person, place) => {
      const option = Object.assign(document.createElement('div'), { role: 'option', id: `${this.field.id}-person-${place}`, textContent: person.name });
      option.addEventListener('mousedown', (event) => {
        event.preventDefault();
        this.choose(person.name);
      });
      this.list.append(option);
    });
    this.append(this.list);
    this.field.setAttribute('aria-controls', this.list.id);
    this.select(0);
  }

  select(place) {
    const options = [...this.list.children];
    this.at = (place + options.length) % options.length;
    options.forEach((option, index) => option.setAttribute('aria-selected', index === this.at));
    this.field.setAttribute('aria-activedescendant', options[this.at].id);
  }

  press(event) {
    if (!this.list || event.isComposing) return;
    const actions = {
      ArrowDown: () => this.select(this.at + 1),
      ArrowUp: () => this.select(this.at - 1),
      Enter: () => this.choose(this.list.children[this.at].textContent),
      Escape: () => this.close(),
    };
    if (!actions[event.key]) return;
    event.preventDefault();
    actions[event.key]();
  }

  choose(name) {
    const end = this.field.selectionStart;
    this.field.setRangeText(`${name} `, end - this.typed.length, end, 'end');
    this.close();
    this.field.focus();
  }

  close() {
    this.list?.remove();
    this.list = null;
    this.field.removeAttribute('aria-controls');
    this.field.removeAttribute('aria-activedescendant');
  }
}

function fits(person, typed) {
  const wanted = typed.toLowerCase();
  return [person.name, ...person.keys].some((key) => key.toLowerCase().startsWith(wanted));
}

customElements.define('mention-box', MentionBox);
