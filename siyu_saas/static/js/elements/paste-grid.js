// Cells copied from a spreadsheet fill the inputs from the one pasted into: to the right, then the next rows.
class PasteGrid extends HTMLElement {
  connectedCallback() {
    this.addEventListener('paste', (event) => this.fill(event));
  }

  fill(event) {
    const rows = (event.clipboardData?.getData('text/plain') ?? '').replace(/\r?\n$/, '').split(/\r?\n/).map((line) => line.split('\t'));
    const input = event.target;
    if (!(input instanceof HTMLInputElement) || (rows.length === 1 && rows[0].length === 1)) return;
    event.preventDefault();
    const lines = [...this.querySelectorAll('fieldset')].map((set) => [...set.querySelectorAll('input')]);
    const top = lines.findIndex((line) => line.includes(input));
    const left = lines[top].indexOf(input);
    rows.forEach((cells, down) => cells.forEach((text, right) => {
      const cell = lines[top + down]?.[left + right];
      if (cell) cell.value = text.trim();
    }));
  }
}

customElements.define('paste-grid', PasteGrid);
