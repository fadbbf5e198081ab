/** Records that services put aside: looked at, sent again, dropped. */
import { html, nothing } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { api, path } from '../../api';
import { ask } from '../../components/dialog';
import { pager } from '../../components/table';
import '../../components/time-ago';
import { attempt } from '../../components/toasts';
import { bytes } from '../../format';
import { Light, Resource } from '../../page';
import { setQuery } from '../../router';
import { texts } from '../../texts';
import type { Letter, LetterDetail, LetterPage } from './shapes';

const SIZE = 20;
const STATES = ['waiting', 'replayed', 'dropped', 'all'] as const;
const t = texts.machine;

/** What a sender wrote may steer a terminal or turn text around: such characters are shown by their code. */
export const plain = (text: string | null | undefined): string =>
  (text ?? '').replace(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`);

/** `<mt-letters .query=…>` */
@customElement('mt-letters')
export class LettersPart extends Light {
  @property({ attribute: false }) query!: URLSearchParams;
  private loaded = '';
  private readonly letters = new Resource<LetterPage>(this, {
    load: (signal) => api.get(path`/dead-letters`, { query: { state: this.chosen, page: this.page, size: SIZE }, signal }),
    concerns: (news) => news.type === 'machine.changed',
  });

  private get chosen(): string {
    return STATES.find((state) => state === this.query.get('letters')) ?? 'waiting';
  }

  private get page(): number {
    return Math.max(0, Number(this.query.get('page')) || 0);
  }

  protected override willUpdate(): void {
    const wanted = `${this.chosen} ${this.page}`;
    if (wanted === this.loaded) return;
    this.loaded = wanted;
    void this.letters.reload();
  }

  protected override render() {
    return html`
      <div class="filters"><label class="field">${t.letterStates}
        <select @change=${(event: Event) => setQuery({ letters: (event.target as HTMLSelectElement).value, page: undefined })}>
          ${STATES.map((state) => html`<option value=${state} ?selected=${state === this.chosen}>${t.letterState[state]}</option>`)}
        </select></label></div>
      ${this.letters.render((found) => this.list(found))}
    `;
  }

  private list(found: LetterPage) {
    if (!found.total) return html`<p class="muted">${t.noLetters}</p>`;
    return html`${found.items.map((letter) => this.one(letter))}
      ${found.total > found.items.length
        ? pager(found.page * SIZE, found.items.length, found.total, (by) => setQuery({ page: String(this.page + by) }))
        : nothing}`;
  }

  private one(letter: Letter) {
    const waits = letter.state.toLowerCase() === 'waiting';
    return html`<article class="found letter" aria-label=${t.letter(letter.topic)}>
      <div class="row spread">
        <strong>${plain(letter.type) || t.noType}</strong>
        <span class="row small muted"><span class="mono">${letter.topic}</span>${letter.service ?? ''} <mt-ago when=${letter.at}></mt-ago> <span class="number">${bytes(letter.bytes)}</span>
          ${waits ? nothing : html`<span class="badge">${t.letterState[letter.state.toLowerCase()] ?? letter.state}</span>`}</span>
      </div>
      <p>${plain(letter.reason)}</p>
      ${letter.key ? html`<p class="small muted">${t.key} <span class="mono">${plain(letter.key)}</span></p>` : nothing}
      <div class="row">
        <button type="button" @click=${() => this.show(letter)}>${t.show}</button>
        ${waits
          ? html`<button type="button" ?disabled=${!letter.kept} title=${letter.kept ? nothing : t.notKept} @click=${() => this.replay(letter)}>${t.replay}</button>
              <button type="button" @click=${() => this.drop(letter)}>${t.drop}</button>`
          : nothing}
      </div>
    </article>`;
  }

  private async show(letter: Letter): Promise<void> {
    await attempt(async () => {
      const detail = await api.get<LetterDetail>(path`/dead-letters/${letter.id}`);
      await ask({
        title: plain(letter.type) || t.noType,
        body: html`<dl class="facts">${detail.headers.map((header) => html`<dt>${plain(header.name)}</dt><dd class="mono small">${plain(header.value)}</dd>`)}</dl>
          <div class="letter"><pre tabindex="0">${detail.text == null ? t.noText : plain(detail.text)}</pre></div>
          ${detail.truncated ? html`<p class="small muted">${t.truncated}</p>` : nothing}`,
        action: texts.common.close,
      });
    });
  }

  private async replay(letter: Letter): Promise<void> {
    await attempt(() => api.post(path`/dead-letters/${letter.id}/replay`), t.replayed);
    await this.letters.reload();
  }

  private async drop(letter: Letter): Promise<void> {
    const sure = await ask({ title: t.dropTitle, body: t.dropText, action: t.drop, danger: true });
    if (!sure) return;
    await attempt(() => api.delete(path`/dead-letters/${letter.id}`), t.dropped);
    await this.letters.reload();
  }
}
