// <condition-desk>: another question or operator brings other choices; the button that asks for them presses itself.
class ConditionDesk extends HTMLElement {
  connectedCallback() {
    this.addEventListener('change', (event) => {
      if ('look' in event.target.dataset) this.querySelector('button[value="look"]').click();
    });
  }
}

customElements.define('condition-desk', ConditionDesk);
