/** Several experiments in one table: what came out, and how sure one can be of each difference. */
import { html, type PropertyValues } from 'lit';
import { customElement } from 'lit/decorators.js';
import { address, api, path } from '../../api';
import { empty, notices, pageHead } from '../../components/bits';
import { Page, Resource } from '../../page';
import type { Route } from '../../router';
import { texts } from '../../texts';
import type { Comparison as One, Summary } from '../experiment/types';
import { table, tests, verdicts } from '../experiment/verdict';

const words = texts.compare;
const { formats, tableAs } = texts.experiment;
const FORMATS = ['csv', 'csv-tests', 'latex', 'md'] as const;

interface Comparison extends One {
  experiments: Summary[];
}

export const view = (route: Route) => html`<mt-compare .route=${route}></mt-compare>`;

@customElement('mt-compare')
export class ComparePage extends Page {
  private shown = '';

  private readonly comparison = new Resource<Comparison>(this, {
    load: (signal) => api.get(this.address(), { signal }),
    concerns: ({ type, data }) => type === 'experiment.changed' && this.ids.includes(String(data.id)),
  });

  /** Ids of the experiments, as the address names them. */
  private get ids(): string[] {
    return [...new Set(this.route.query.getAll('ids').flatMap((ids) => ids.split(',')).filter(Boolean))];
  }

  private address(format?: string): string {
    const [first = '', ...others] = this.ids;
    return address(path`/experiments/${first}/comparison`, { with: others, format });
  }

  protected override willUpdate(_changed: PropertyValues): void {
    const ids = this.ids.join();
    if (ids === this.shown) return;
    this.shown = ids;
    if (ids) void this.comparison.restart();
  }

  protected override render() {
    const head = pageHead(words.title, { trail: html`<a href="/experiments">${texts.experiments.title}</a>` });
    if (!this.ids.length) return html`${head}${empty(words.too, words.tooText, html`<a class="button" href="/experiments">${texts.shell.home}</a>`)}`;
    return html`${head}${this.comparison.render((found) => this.content(found))}`;
  }

  private content(found: Comparison) {
    return html`<div class="stack">
      <ul class="row compared" aria-label=${words.of}>${found.experiments.map(
        ({ id, name }) => html`<li><a class="tag" href="/experiments/${id}">${name}</a></li>`,
      )}</ul>
      <section class="stack"><h2 class="visually-hidden">${texts.experiment.verdict}</h2>${verdicts(found)} ${table(found.table)} ${tests(found)}
        <p class="row small">${tableAs}
          ${FORMATS.map((format) => html`<a href=${this.address(format)} download>${formats[format]}</a>`)}</p>
      </section>
      ${notices(found.notes)}
    </div>`;
  }
}
