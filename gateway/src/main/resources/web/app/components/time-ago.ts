import { html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { ago, moment } from '../format';
import { Light } from '../page';

const shown = new Set<TimeAgo>();
setInterval(() => shown.forEach((one) => one.requestUpdate()), 30_000);

/** `<mt-ago when="2026-01-31T12:00:00Z">`: how long ago, kept up, with the time itself where one points at it. */
@customElement('mt-ago')
export class TimeAgo extends Light {
  @property() when = '';

  override connectedCallback(): void {
    super.connectedCallback();
    shown.add(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    shown.delete(this);
  }

  protected override render() {
    const when = new Date(this.when);
    return html`<time datetime=${this.when} title=${moment(when)}>${ago(when)}</time>`;
  }
}
