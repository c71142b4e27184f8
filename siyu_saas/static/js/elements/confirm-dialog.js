// <confirm-dialog>: its form is sent only after its <dialog> was answered with yes.
class ConfirmDialog extends HTMLElement {
  connectedCallback() {
    const form = this.querySelector(':scope > form');
    const dialog = this.querySelector('dialog');
    let sure = false;

    form.addEventListener('submit', (event) => {
      if (sure) return;
      event.preventDefault();
      event.stopPropagation();
      dialog.returnValue = '';
      dialog.showModal();
    });
    dialog.addEventListener('close', () => {
      if (dialog.returnValue !== 'yes') return;
      sure = true;
      form.requestSubmit();
      sure = false;
    });
  }
}

customElements.define('confirm-dialog', ConfirmDialog);
