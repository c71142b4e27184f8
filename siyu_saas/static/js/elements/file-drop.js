// <file-drop>: lists the chosen files before they are sent, and takes files that are dropped on it.
const UNITS = ['B', 'KB', 'MB', 'GB'];

class FileDrop extends HTMLElement {
  connectedCallback() {
    this.input = this.querySelector('input[type="file"]');
    this.input.addEventListener('change', () => this.list());
    this.addEventListener('dragover', (event) => {
      event.preventDefault();
      this.classList.add('over');
    });
    this.addEventListener('dragleave', () => this.classList.remove('over'));
    this.addEventListener('drop', (event) => this.take(event));
  }

  take(event) {
    event.preventDefault();
    this.classList.remove('over');
    const files = [...event.dataTransfer.files].slice(0, this.input.multiple ? undefined : 1);
    if (!files.length) return;
    const chosen = new DataTransfer();
    files.forEach((file) => chosen.items.add(file));
    this.input.files = chosen.files;
    this.input.dispatchEvent(new Event('change', { bubbles: true }));
  }

  list() {
    const row = this.querySelector('template').content;
    this.querySelector('ul').replaceChildren(...[...this.input.files].map((file) => described(file, row)));
  }
}

function described(file, row) {
  const item = row.cloneNode(true).firstElementChild;
  item.querySelector('b').textContent = file.name;
  item.querySelector('span').textContent = readable(file.size);
  if (file.type.startsWith('image/')) item.querySelector('svg').replaceWith(preview(file));
  return item;
}

function preview(file) {
  const image = new Image();
  image.alt = '';
  image.src = URL.createObjectURL(file);
  image.onload = image.onerror = () => URL.revokeObjectURL(image.src);
  return image;
}

function readable(bytes) {
  const step = Math.min(Math.floor(Math.log(bytes || 1) / Math.log(1024)), UNITS.length - 1);
  return `${(bytes / 1024 ** step).toFixed(step > 1 ? 1 : 0)} ${UNITS[step]}`;
}

customElements.define('file-drop', FileDrop);
