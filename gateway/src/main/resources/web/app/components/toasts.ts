/** Short messages at the page's edge, said by screen readers: what was done, or why it was not. */
import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { problem } from '../api';
import { Light } from '../page';
import { texts } from '../texts';

interface Message {
  text: string;
  bad: boolean;
}

const SHOWN_FOR = 6_000;
let place: Toasts | undefined;

/** Tells what was done. It goes away by itself. */
export function tell(text: string): void {
  place?.add({ text, bad: false });
}

/** Tells what went wrong. It stays until it is closed. */
export function complain(thrown: unknown): void {
  place?.add({ text: problem(thrown).detail, bad: true });
}

/** Does something that may fail, and says so where it does. Gives whether it was done. */
export async function attempt(what: () => Promise<unknown>, done?: string): Promise<boolean> {
  try {
    await what();
    if (done) tell(done);
    return true;
  } catch (thrown) {
    complain(thrown);
    return false;
  }
}

@customElement('mt-toasts')
export class Toasts extends Light {
  @state() private messages: Message[] = [];

  override connectedCallback(): void {
    super.connectedCallback();
    place = this;
  }

  add(message: Message): void {
    this.messages = [...this.messages, message];
    if (!message.bad) setTimeout(() => this.drop(message), SHOWN_FOR);
  }

  private drop(message: Message): void {
    this.messages = this.messages.filter((one) => one !== message);
  }

  protected override render() {
    return html`<div class="toasts" role="status" aria-live="polite">
      ${this.messages.map(
        (message) => html`<div class="box" data-kind=${message.bad ? 'bad' : nothing}>
          <span class="grow">${message.text}</span>
          <button type="button" class="plain" aria-label=${texts.common.close} @click=${() => this.drop(message)}>✕</button>
        </div>`,
      )}
    </div>`;
  }
}
