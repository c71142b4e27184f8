// <theme-switch>: changes the look at once and lets the server remember it; without script the form does both.
import { toast } from './toast-stack.js';

class ThemeSwitch extends HTMLElement {
  connectedCallback() {
    this.addEventListener('submit', (event) => {
      event.preventDefault();
      this.choose(event.submitter.value, event.target);
    });
  }

  async choose(theme, form) {
    document.documentElement.dataset.theme = theme;
    for (const button of document.querySelectorAll('theme-switch button')) {
      button.setAttribute('aria-pressed', String(button.value === theme));
    }
    const answers = new FormData(form);
    answers.set('theme', theme);
    const saved = await fetch(form.action, { method: 'POST', body: answers, redirect: 'manual' }).then(
      (answer) => answer.ok || answer.type === 'opaqueredirect',
      () => false,
    );
    if (!saved) toast('bad', '外观已切换，但没有记住，下次打开会恢复。');
  }
}

customElements.define('theme-switch', ThemeSwitch);
