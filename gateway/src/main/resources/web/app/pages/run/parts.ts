/** What a run has besides its numbers: where it comes from, its files, its log, its resolved file. */
import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { api, path, problem, type Problem } from '../../api';
import { errorBox, stateBadge } from '../../components/bits';
import '../../components/copy';
import '../../components/table';
import type { Column } from '../../components/table';
import { bytes, moment, whole } from '../../format';
import { Light, Resource } from '../../page';
import { texts } from '../../texts';
import type { Lineage, Relative, RunDetail } from './types';

const t = texts.run;

/** Something of a run that is asked for when it is shown. */
abstract class Part<T> extends Light {
  @property() run = '';
  protected readonly found = new Resource<T>(this, {
    load: (signal) => api.get(this.address(), { signal }),
    concerns: ({ type, data }) => type === 'run.changed' && data.id === this.run,
  });
  private asked = '';

  protected abstract address(): string;
  protected abstract content(value: T): TemplateResult;

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.asked === this.run) return;
    this.asked = this.run;
    void this.found.restart();
  }

  protected override render() {
    return this.found.render((value) => this.content(value));
  }
}

@customElement('mt-lineage')
export class LineageList extends Part<Lineage> {
  protected address() {
    return path`/runs/${this.run}/lineage`;
  }

  protected content({ source, use, onlyTests, continuedBy, testedBy }: Lineage) {
    return html`<dl class="lineage">
      <dt>${onlyTests ? t.tests : t.beganWith}</dt>
      <dd>${source ? html`${this.relative(source)}${use ? html` <span class="muted">${t.uses[use] ?? use}</span>` : nothing}` : t.firstWeights}</dd>
      <dt>${t.continuedBy}</dt>
      <dd>${this.list(continuedBy)}</dd>
      <dt>${t.testedBy}</dt>
      <dd>${this.list(testedBy)}</dd>
    </dl>`;
  }

  private list(all: Relative[]) {
    return all.length ? html`<ul>${all.map((one) => html`<li>${this.relative(one)}</li>`)}</ul>` : texts.common.none;
  }

  private relative({ id, modelName, backbone, initialisation, repetition, experimentId, experiment, state: now }: Relative) {
    return html`<a href="/runs/${id}">${modelName} · ${backbone}, ${initialisation} #${repetition + 1}</a> ${stateBadge(now)}
      <span class="small muted">${t.of} <a href="/experiments/${experimentId}">${experiment}</a></span>`;
  }
}

interface Listing {
  path: string;
  files: { name: string; bytes: number; readable: boolean }[];
  total: number;
  bytes: number;
}

@customElement('mt-run-files')
export class RunFiles extends Part<Listing> {
  protected address() {
    return path`/runs/${this.run}/files`;
  }

  protected content(found: Listing) {
    if (!found.total) return html`<p class="muted">${t.noFiles}</p>`;
    const columns: Column<Listing['files'][number]>[] = [
      { key: 'name', title: t.file, heading: true, sort: ({ name }) => name, cell: ({ name, readable }) =>
        readable ? html`<a href="/api/v1/runs/${this.run}/files/${name}" download>${name}</a>` : name },
      { key: 'bytes', title: t.bytes, numeric: true, sort: (file) => file.bytes, cell: (file) => bytes(file.bytes) },
    ];
    return html`<p>${t.filesText(whole(found.total), bytes(found.bytes))} <code>${found.path}</code>
        <mt-copy .text=${found.path} label=${t.copyPath}></mt-copy></p>
      <mt-table label=${t.filesTitle} .columns=${columns} .rows=${found.files} .rowKey=${(file: { name: string }) => file.name}></mt-table>
      ${found.total > found.files.length ? html`<p class="muted">${t.filesCut(found.files.length)}</p>` : nothing}`;
  }
}

interface LogPage {
  items: { id: number; at: string; type: string; data: Record<string, unknown> }[];
  last: number;
  more: boolean;
}

/** Words of an event that say the most; the whole of it opens below. */
const SAID = ['notice', 'reason', 'detail', 'from', 'to', 'attempt', 'iteration', 'firstIteration', 'device', 'checkpoint'];

@customElement('mt-run-log')
export class RunLog extends Light {
  @property() run = '';
  @state() private items: LogPage['items'] = [];
  @state() private more = true;
  @state() private failed: Problem | undefined;
  private last = 0;
  private asked = '';

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.asked === this.run) return;
    this.asked = this.run;
    this.items = [];
    this.last = 0;
    void this.load();
  }

  private readonly load = async (): Promise<void> => {
    try {
      const page = await api.get<LogPage>(path`/runs/${this.run}/events`, { query: { after: this.last } });
      this.items = [...this.items, ...page.items];
      this.last = page.last;
      this.more = page.more;
      this.failed = undefined;
    } catch (thrown) {
      this.failed = problem(thrown);
    }
  };

  protected override render() {
    return html`${this.failed ? errorBox(this.failed, () => void this.load()) : nothing}
      <ol class="log" aria-label=${t.happened}>${this.items.map(({ id, at, type, data }) => html`<li value=${id}>
        <time datetime=${at} class="small muted">${moment(new Date(at))}</time>
        <details><summary>${t.events[type] ?? type} <span class="muted">${this.summary(data)}</span></summary>
          <pre>${JSON.stringify(data, null, 2)}</pre></details>
      </li>`)}</ol>
      <button type="button" @click=${this.load}>${this.more ? t.moreLog : t.lookAgain}</button>`;
  }

  private summary(data: Record<string, unknown>): string {
    const error = data.error as { message?: string } | undefined;
    return [
      ...(error?.message ? [error.message] : []),
      ...SAID.filter((name) => data[name] !== undefined && data[name] !== null).map((name) =>
        name === 'notice' || name === 'reason' ? String(data[name]) : `${name} ${String(data[name])}`),
    ].join(' · ');
  }
}

/** The resolved file, as the run was trained by it. */
export function resolvedFile({ config, configSha256, run }: RunDetail) {
  const text = JSON.stringify(config, null, 2);
  return html`<p class="row">${t.resolvedText} <code>${configSha256}</code>
      <mt-copy .text=${text}></mt-copy><a href="data:application/json,${encodeURIComponent(text)}" download="${run.id}.json">${t.download}</a></p>
    <pre class="file" tabindex="0" aria-label=${t.resolved}>${text}</pre>`;
}
