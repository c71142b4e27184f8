// <phone-preview>: a questionnaire that is tried out: questions show and hide as for who answers, nothing is saved.
import { answer, visible } from '../conditions.js';

class PhonePreview extends HTMLElement {
  connectedCallback() {
    this.addEventListener('input', () => this.look());
    this.look();
  }

  look() {
    const cards = [...this.querySelectorAll('[data-question]')];
    const types = Object.fromEntries(cards.map(({ dataset }) => [dataset.question, dataset.type]));
    const asked = visible(
      cards.map(({ dataset: { question, type, showIf } }) => ({ key: question, type, showIf: showIf && JSON.parse(showIf) })),
      (key) => answer(types[key], this.texts(key)),
    );
    for (const card of cards) card.hidden = !asked.has(card.dataset.question);
  }

  texts(name) {
    return [...this.querySelectorAll('input, select, textarea')]
      .filter((one) => one.name === name && (!['radio', 'checkbox'].includes(one.type) || one.checked))
      .map((one) => one.value);
  }
}

customElements.define('phone-preview', PhonePreview);
