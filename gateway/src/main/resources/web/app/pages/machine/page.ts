import { html, nothing } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { api, path } from '../../api';
import { caller, isAtLeast, type Caller } from '../../caller';
import { pageHead } from '../../components/bits';
import { experimentAddress, runAddress } from '../../components/runs';
import '../../components/table';
import type { Column } from '../../components/table';
import '../../components/time-ago';
import { bytes, whole } from '../../format';
import { Page, Resource } from '../../page';
import type { Route } from '../../router';
import { texts } from '../../texts';
import './letters';
import type { Machine, OpenJob, Service, Work } from './shapes';

export const view = (route: Route) => html`<mt-machine .route=${route}></mt-machine>`;

/** Heartbeats are no news: what is at work is looked at now and then. */
const LOOK_EVERY = 5_000;
const t = texts.machine;

@customElement('mt-machine')
export class MachinePage extends Page {
  @state() private who: Caller | undefined;
  private timer?: ReturnType<typeof setInterval>;
  private readonly machine = new Resource<Machine>(this, {
    load: (signal) => api.get(path`/machine`, { signal }),
    concerns: (news) => news.type === 'machine.changed',
  });

  override connectedCallback(): void {
    super.connectedCallback();
    caller().then((who) => (this.who = who), () => undefined);
    void this.machine.reload();
    this.timer = setInterval(() => {
      if (document.visibilityState === 'visible') void this.machine.reload();
    }, LOOK_EVERY);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  protected override render() {
    return html`${pageHead(t.title, { actions: this.grafana() })}
      ${this.machine.render((machine) => this.sections(machine))}
      ${isAtLeast(this.who, 'operator')
        ? html`<section class="part" aria-labelledby="letters"><h2 id="letters">${t.letters(this.machine.value?.deadLetters)}</h2>
          <p class="muted">${t.lettersText}</p><mt-letters .query=${this.route.query}></mt-letters></section>`
        : nothing}`;
  }

  private grafana() {
    const base = this.machine.value?.grafana;
    // Whatever the operator has set: only a web address becomes a link.
    return base && /^https?:/.test(base) ? html`<a class="button" href=${base} target="_blank" rel="noopener">${t.grafana}</a>` : undefined;
  }

  private sections(machine: Machine) {
    const kinds = new Map<string, Work>();
    for (const { work } of machine.services) if (work && !kinds.has(work.kind)) kinds.set(work.kind, work);
    return html`
      <section aria-labelledby="services"><h2 id="services">${t.services}</h2>${this.services(machine.services)}</section>
      ${[...kinds.values()].map(
        (work) => html`<section class="part" aria-labelledby=${`work-${work.kind}`}>
          <h2 id=${`work-${work.kind}`}>${t.kinds[work.kind] ?? work.kind}</h2>
          <p class="muted number">${t.load(work.running, work.waiting)}</p>
          ${this.jobs(work, machine)}
        </section>`,
      )}
      <section class="part" aria-labelledby="disk"><h2 id="disk">${t.disk}</h2>${this.disk(machine)}</section>
    `;
  }

  private services(services: Service[]) {
    const columns: Column<Service>[] = [
      { key: 'name', title: t.service, heading: true, cell: (one) => one.name },
      {
        key: 'state',
        title: t.state,
        cell: (one) =>
          one.problem
            ? html`<span class="badge" data-kind="bad"><span aria-hidden="true">✗</span>${t.away}</span><div class="small">${one.problem}</div>`
            : html`<span class="badge" data-kind="good"><span aria-hidden="true">✓</span>${t.answers}</span>`,
      },
      { key: 'host', title: t.host, from: 'wide', cell: (one) => html`${one.work?.host ?? texts.common.none}<div class="small muted mono">${one.address}</div>` },
      { key: 'devices', title: t.devices, from: 'medium', cell: (one) => one.work?.devices.map((device) => html`<div class="small">${device}</div>`) ?? texts.common.none },
    ];
    return html`<mt-table .columns=${columns} .rows=${services} .rowKey=${(one: Service) => `${one.name} ${one.address}`} label=${t.services}></mt-table>`;
  }

  private jobs(work: Work, machine: Machine) {
    if (!work.jobs.length) return html`<p class="muted">${t.idle}</p>`;
    const held = work.jobs.filter((job) => job.owner);
    const waiting = work.jobs.filter((job) => !job.owner);
    return html`
      ${held.length ? html`<h3>${t.held}</h3>${this.table(this.heldColumns(machine), held, t.held)}` : nothing}
      ${waiting.length ? html`<h3>${t.waiting}</h3>${this.table(this.waitingColumns(machine), waiting, t.waiting)}` : nothing}
      ${work.running + work.waiting > work.jobs.length ? html`<p class="small muted">${t.firstOf(work.jobs.length, whole(work.running + work.waiting))}</p>` : nothing}
    `;
  }

  private table(columns: Column<OpenJob>[], rows: OpenJob[], label: string) {
    return html`<mt-table .columns=${columns} .rows=${rows} .rowKey=${(job: OpenJob) => job.runId} label=${label} size="50"></mt-table>`;
  }

  private run(machine: Machine): Column<OpenJob> {
    return {
      key: 'run',
      title: t.run,
      heading: true,
      cell: (job) => {
        const run = machine.runs[job.runId];
        const marks = html`${job.cancelRequested ? html` <span class="badge" data-kind="warn">${t.cancelling}</span>` : nothing}
          ${job.alone ? html` <span class="badge" data-kind="warn" title=${t.aloneHelp}>${t.alone}</span>` : nothing}`;
        if (!run) return html`<span class="mono small">${job.runId}</span>${marks}`;
        return html`<a href=${runAddress(run.id)}>${run.modelName}</a>
          <span class="small muted">${run.backbone} · <a href=${experimentAddress(run.experimentId)}>${run.experiment}</a></span>${marks}`;
      },
    };
  }

  private heldColumns(machine: Machine): Column<OpenJob>[] {
    return [
      this.run(machine),
      { key: 'owner', title: t.owner, from: 'medium', cell: (job) => html`<span class="mono small">${job.owner?.replace(/#.*$/, '')}</span>` },
      { key: 'device', title: t.device, from: 'wide', cell: (job) => machine.runs[job.runId]?.device ?? texts.common.none },
      { key: 'attempt', title: t.attempt, numeric: true, from: 'wide', cell: (job) => whole(job.attempt), sort: (job) => job.attempt },
      { key: 'since', title: t.since, cell: (job) => html`<mt-ago when=${job.since}></mt-ago>`, sort: (job) => job.since },
      { key: 'heard', title: t.heard, help: t.heardHelp, cell: (job) => (job.heard ? html`<mt-ago when=${job.heard}></mt-ago>` : texts.common.none), sort: (job) => job.heard },
    ];
  }

  private waitingColumns(machine: Machine): Column<OpenJob>[] {
    return [
      { key: 'turn', title: t.turn, numeric: true, help: t.turnHelp, cell: (job) => whole(job.turn), sort: (job) => job.turn },
      this.run(machine),
      { key: 'priority', title: t.priority, numeric: true, from: 'medium', cell: (job) => whole(job.priority), sort: (job) => job.priority },
      { key: 'since', title: t.waitsSince, from: 'medium', cell: (job) => html`<mt-ago when=${job.since}></mt-ago>`, sort: (job) => job.since },
      { key: 'for', title: t.waitsFor, cell: (job) => job.waitingFor ?? t.itsTurn },
    ];
  }

  private disk({ disk }: Machine) {
    if (!disk) return html`<p class="muted">${t.unmeasured}</p>`;
    const kinds = Object.entries(disk.bytes).sort(([, a], [, b]) => b - a);
    const most = Math.max(1, ...kinds.map(([, size]) => size));
    return html`<p class="number">${t.free(bytes(disk.free), bytes(disk.size))} <span class="muted small">${t.measured} <mt-ago when=${disk.measured}></mt-ago></span></p>
      <ul class="share">${kinds.map(
        ([kind, size]) => html`<li><span class="name">${t.diskKinds[kind] ?? kind}</span><meter min="0" max=${most} .value=${size} aria-label=${t.diskKinds[kind] ?? kind}></meter><span class="number">${bytes(size)}</span></li>`,
      )}</ul>`;
  }
}
