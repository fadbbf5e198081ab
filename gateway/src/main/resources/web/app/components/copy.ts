import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { Light } from '../page';
import { texts } from '../texts';
import { complain, tell } from './toasts';

/** `<mt-copy .text=${…} label="Copy the id">`: a button that puts a text into the clipboard. */
@customElement('mt-copy')
export class Copy extends Light {
  @property() text = '';
  @property() label: string = texts.common.copy;

  protected override render() {
    return html`<button type="button" class="plain" @click=${this.copy}><span aria-hidden="true">⧉</span> ${this.label}</button>`;
  }

  private async copy(): Promise<void> {
    try {
      await navigator.clipboard.writeText(this.text);
      tell(texts.common.copied);
    } catch {
      complain(new Error(texts.common.copyFailed));
    }
  }
}
