// <ui-dialog>: its [data-open] shows its <dialog>; without script the link leads to a page instead.
class UiDialog extends HTMLElement {
  connectedCallback() {
    const dialog = this.querySelector('dialog');
    this.querySelector('[data-open]').addEventListener('click', (event) => {
      event.preventDefault();
      this.open();
    });
    dialog.addEventListener('click', (event) => {
      if (event.target === dialog) dialog.close(); // the backdrop belongs to the dialog itself
    });
  }

  open() {
    const dialog = this.querySelector('dialog');
    if (!dialog.open) dialog.showModal();
  }
}

customElements.define('ui-dialog', UiDialog);
