/** A model asked about an image of one's own. */
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { address, api, path, problem, type Problem } from '../../api';
import { errorBox, loading } from '../../components/bits';
import { fixed } from '../../format';
import { Light } from '../../page';
import { texts } from '../../texts';
import type { ImagePrediction } from '../models/shapes';

const t = texts.model;

/** `<mt-try run="…">` */
@customElement('mt-try')
export class TryPart extends Light {
  @property() run = '';
  @state() private over = false;
  @state() private asking = '';
  @state() private name = '';
  @state() private answer?: ImagePrediction;
  @state() private failed?: Problem;
  private asked?: AbortController;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asked?.abort();
  }

  protected override render() {
    return html`
      <p class="muted">${t.tryText}</p>
      <div class="drop" ?data-over=${this.over} @dragover=${this.drag} @dragleave=${() => (this.over = false)} @drop=${this.drop}>
        <label class="field">${t.image}<input type="file" @change=${this.choose} /></label>
        <span class="muted">${t.drop}</span>
      </div>
      <div aria-live="polite">
        ${this.asking ? html`<p>${t.asking(this.asking)}</p>${loading()}` : nothing}
        ${this.failed ? errorBox(this.failed) : nothing}
        ${this.answer ? this.shown(this.answer) : nothing}
      </div>
    `;
  }

  private drag(event: DragEvent): void {
    event.preventDefault();
    this.over = true;
  }

  private drop(event: DragEvent): void {
    event.preventDefault();
    this.over = false;
    const file = event.dataTransfer?.files[0];
    if (file) void this.ask(file);
  }

  private choose(event: Event): void {
    const file = (event.target as HTMLInputElement).files?.[0];
    if (file) void this.ask(file);
  }

  private async ask(file: File): Promise<void> {
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    this.asking = file.name;
    this.answer = undefined;
    this.failed = undefined;
    try {
      const answer = await api.post<ImagePrediction>(address(path`/models/${this.run}/predictions`, { attention: true }), file, {
        headers: { 'Content-Type': 'application/octet-stream' },
        signal: asked.signal,
      });
      this.answer = answer;
      this.name = file.name;
    } catch (thrown) {
      if (asked.signal.aborted) return;
      this.failed = problem(thrown);
    }
    this.asking = '';
  }

  private shown(answer: ImagePrediction) {
    const predicted = answer.classes.filter((one) => one.predicted).map((one) => one.name);
    return html`<div class="columns">
      <div>
        <h3>${t.says(this.name, predicted.join(', ') || t.nothing)}</h3>
        <ul class="share">${answer.classes.map(
          (one) => html`<li><span class="name">${one.predicted ? html`<strong>${one.name}</strong>` : one.name}</span>
            <meter min="0" max="1" .value=${one.probability} aria-label=${one.name}></meter><span class="number">${fixed(one.probability)}</span></li>`,
        )}</ul>
        <p class="small muted">${t.research}</p>
      </div>
      ${answer.attention ? html`<figure><img class="looked" src="data:image/png;base64,${answer.attention}" alt=${t.looksAt} /><figcaption class="small muted">${t.looksAt}</figcaption></figure>` : nothing}
    </div>`;
  }
}
