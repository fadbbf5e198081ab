/** Small things without a state of their own, as templates. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Problem } from '../api';
import { texts } from '../texts';

const SIGNS: Record<string, [kind: string, sign: string]> = {
  QUEUED: ['still', '○'],
  PREPARING: ['running', '◔'],
  TRAINING: ['running', '◑'],
  EVALUATING: ['running', '◕'],
  RUNNING: ['running', '◑'],
  SUCCEEDED: ['good', '✓'],
  FAILED: ['bad', '✗'],
  CANCELLED: ['still', '⊘'],
};

/** The state of a run or an experiment: a sign and a word, so that it is not told by colour alone. */
export function stateBadge(state: string): TemplateResult {
  const [kind, sign] = SIGNS[state] ?? ['still', '·'];
  return html`<span class="badge" data-kind=${kind}><span aria-hidden="true">${sign}</span>${texts.common.states[state] ?? state}</span>`;
}

/** How much is done, between 0 and 1; nothing known where undefined. */
export function progressBar(done: number | undefined, label: string): TemplateResult {
  return html`<progress class="meter" aria-label=${label} max="1" .value=${done ?? 0}></progress>`;
}

export function loading(): TemplateResult {
  return html`<p class="loading" role="status">${texts.common.loading}</p>`;
}

/** What went wrong, with each mistake, and a way to try again where there is one. */
export function errorBox(problem: Problem, again?: () => void): TemplateResult {
  const several = problem.mistakes.length > 1;
  return html`<div class="box" data-kind="bad" role="alert">
    <p><strong>${problem.title}.</strong> ${several ? nothing : problem.detail}</p>
    ${several ? html`<ul>${problem.mistakes.map((mistake) => html`<li>${mistake.message}</li>`)}</ul>` : nothing}
    ${again ? html`<button type="button" @click=${again}>${texts.common.again}</button>` : nothing}
  </div>`;
}

/** There is nothing to show, why, and what to do about it. */
export function empty(title: string, text: string, action: TemplateResult | typeof nothing = nothing): TemplateResult {
  return html`<div class="empty"><h2>${title}</h2><p>${text}</p>${action}</div>`;
}

/** What a reader has to know; nothing where there is nothing. */
export function notices(list: readonly string[] | undefined, title: string = texts.common.notices) {
  if (!list?.length) return nothing;
  return html`<aside class="box" data-kind="warn" aria-label=${title}>
    <h3>${title}</h3>
    <ul>${list.map((notice) => html`<li>${notice}</li>`)}</ul>
  </aside>`;
}

/** Heading of a page: what leads here, its name, what can be done. */
export function pageHead(title: unknown, { trail, actions }: { trail?: unknown; actions?: unknown } = {}): TemplateResult {
  return html`<header class="page-head">
    <div class="grow">${trail ? html`<div class="trail">${trail}</div>` : nothing}<h1>${title}</h1></div>
    ${actions ? html`<div class="row">${actions}</div>` : nothing}
  </header>`;
}
