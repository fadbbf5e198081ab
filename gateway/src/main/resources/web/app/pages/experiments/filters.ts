/** Which experiments are shown; all of it is in the address. */
import { html, nothing } from 'lit';
import { live } from 'lit/directives/live.js';
import { setQuery } from '../../router';
import { texts } from '../../texts';
import type { Choices } from './data';

const words = texts.experiments;

export const FILTERS = ['q', 'state', 'dataset', 'owner', 'tag', 'starred'];

const STATES = ['RUNNING', 'SUCCEEDED', 'FAILED', 'CANCELLED'];
const PAUSE = 250;

let typing: ReturnType<typeof setTimeout> | undefined;

/** Not every letter is asked for: only when a short while nothing more was typed. */
function search(event: Event): void {
  const q = (event.target as HTMLInputElement).value.trim();
  clearTimeout(typing);
  typing = setTimeout(() => setQuery({ q, page: undefined }), PAUSE);
}

function choose(name: string, event: Event): void {
  setQuery({ [name]: (event.target as HTMLSelectElement).value, page: undefined });
}

function select(name: string, label: string, value: string, choices: readonly string[], named: (choice: string) => string) {
  // A choice of an address that nothing has any more is shown all the same.
  const all = value && !choices.includes(value) ? [value, ...choices] : choices;
  return html`<label class="field">${label}
    <select @change=${(event: Event) => choose(name, event)}>
      <option value="" ?selected=${!value}>${words.any}</option>
      ${all.map((choice) => html`<option value=${choice} ?selected=${choice === value}>${named(choice)}</option>`)}
    </select>
  </label>`;
}

function tick(name: string, label: string, value: string | null) {
  return html`<label><input type="checkbox" .checked=${live(value === 'true')}
    @change=${(event: Event) => setQuery({ [name]: (event.target as HTMLInputElement).checked ? 'true' : undefined, page: undefined })} />
    ${label}</label>`;
}

export function filters(query: URLSearchParams, choices: Choices | undefined) {
  const value = (name: string) => query.get(name) ?? '';
  const asIs = (choice: string) => choice;
  return html`<search><form class="row filters" aria-label=${words.filters} @submit=${(event: Event) => event.preventDefault()}>
    <label class="field grow">${words.search}
      <input type="search" placeholder=${words.searchHint} .value=${live(value('q'))} @input=${search} maxlength="200" />
    </label>
    ${select('state', words.state, value('state'), STATES, (state) => texts.common.states[state] ?? state)}
    ${select('dataset', words.dataset, value('dataset'), choices?.datasets ?? [], asIs)}
    ${choices && choices.owners.length > 1 ? select('owner', words.owner, value('owner'), choices.owners, asIs) : nothing}
    ${choices?.tags.length || value('tag') ? select('tag', words.tag, value('tag'), choices?.tags ?? [], asIs) : nothing}
    <span class="row ticks">${tick('starred', words.starred, query.get('starred'))} ${tick('archived', words.archived, query.get('archived'))}</span>
  </form></search>`;
}
