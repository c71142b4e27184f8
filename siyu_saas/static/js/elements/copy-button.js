// <copy-button data-value data-done>: copies, and says so on the button itself.
const SAY_MS = 2_000;

class CopyButton extends HTMLElement {
  connectedCallback() {
    this.addEventListener('click', () => this.copy());
  }

  async copy() {
    if (!(await written(this.dataset.value))) return;
    const words = this.querySelector('button').lastChild;
    const before = words.textContent;
    if (before === this.dataset.done) return;
    words.textContent = this.dataset.done;
    setTimeout(() => (words.textContent = before), SAY_MS);
  }
}

async function written(text) {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return writtenTheOldWay(text); // web views without the clipboard permission
  }
}

function writtenTheOldWay(text) {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'unseen';
  document.body.append(area);
  area.select();
  const done = document.execCommand('copy');
  area.remove();
  return done;
}

customElements.define('copy-button', CopyButton);
