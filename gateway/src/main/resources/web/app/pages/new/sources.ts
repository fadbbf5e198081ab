/** What a new experiment begins with: a template, an earlier one, a file, or a folder of images. */
import { html, nothing } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { address, problem, type Problem } from '../../api';
import { errorBox, notices } from '../../components/bits';
import { duration } from '../../format';
import { Light } from '../../page';
import { navigate } from '../../router';
import { texts } from '../../texts';
import { experiments, type Summary } from '../experiments/data';
import { drafts, type Plan, type Template } from './data';

const words = texts.newExperiment;
const FOUND = 20;

/** Fires `file` with a file that was chosen, `planned` with the document of a comparison. */
@customElement('mt-sources')
export class Sources extends Light {
  @property({ attribute: false }) templates: readonly Template[] = [];
  /** Which template the address names. */
  @property() template = '';
  @property({ attribute: false }) mayReplace: () => Promise<boolean> = async () => true;
  @state() private earlier: Summary[] = [];
  @state() private plan?: Plan;
  @state() private planning = '';
  @state() private failed?: Problem;
  private asked?: AbortController;

  override connectedCallback(): void {
    super.connectedCallback();
    void this.find('');
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.asked?.abort();
  }

  private async find(q: string): Promise<void> {
    try {
      this.earlier = (await experiments.page({ q, size: FOUND })).items;
    } catch {
      // There is nothing to choose from, then; the list of experiments says why.
      this.earlier = [];
    }
  }

  protected override render() {
    return html`
      <div class="sources" role="group" aria-label=${words.from}>
        <label class="field">${words.template}
          <select @change=${this.chooseTemplate}>
            <option value=""></option>
            ${this.templates.map(({ name, title }) => html`<option value=${name} ?selected=${name === this.template}>${title}</option>`)}
          </select>
        </label>
        <label class="field">${words.earlier}
          <input list="earlier" placeholder=${words.earlierHint} @input=${this.typed} @change=${this.chooseEarlier} />
        </label>
        <datalist id="earlier">${this.earlier.map((one) => html`<option value=${called(one)}></option>`)}</datalist>
        <label class="field">${words.file}
          <input type="file" accept=".json,application/json" title=${words.fileHint} @change=${this.chooseFile} />
        </label>
      </div>
      <details class="wizard">
        <summary>${words.wizard}</summary>
        <p class="small muted">${words.wizardText}</p>
        <form class="row" @submit=${this.submitted}>
          <label class="field grow">${words.folder}<input name="data" required placeholder="/data/images" /></label>
          <label class="field">${words.time}
            <select name="time">${Object.entries(words.times).map(([time, label]) => html`<option value=${time}>${label}</option>`)}</select>
          </label>
          <button class="primary" ?disabled=${!!this.planning}>${words.plan}</button>
        </form>
        <div aria-live="polite">
          ${this.planning ? html`<p class="muted">${this.planning}</p>` : nothing}
          ${this.failed ? errorBox(this.failed) : nothing}
          ${this.plan ? planned(this.plan) : nothing}
        </div>
      </details>
    `;
  }

  private async chooseTemplate(event: Event): Promise<void> {
    const template = (event.target as HTMLSelectElement).value;
    if (template && (await this.mayReplace())) navigate(address('/experiments/new', { template }));
  }

  private typed(event: Event): void {
    void this.find((event.target as HTMLInputElement).value.replace(/ \([0-9a-f]{8}\)$/, ''));
  }

  private async chooseEarlier(event: Event): Promise<void> {
    const found = this.earlier.find((one) => called(one) === (event.target as HTMLInputElement).value);
    if (found && (await this.mayReplace())) navigate(address('/experiments/new', { from: found.id }));
  }

  private chooseFile(event: Event): void {
    const [file] = (event.target as HTMLInputElement).files ?? [];
    if (file) this.dispatchEvent(new CustomEvent('file', { detail: file }));
  }

  private async submitted(event: Event): Promise<void> {
    event.preventDefault();
    const form = new FormData(event.target as HTMLFormElement);
    this.asked?.abort();
    const asked = (this.asked = new AbortController());
    this.failed = this.plan = undefined;
    this.planning = texts.common.loading;
    try {
      const told = (progress: string) => (this.planning = progress);
      const plan = await drafts.plan(String(form.get('data')), String(form.get('time')), asked.signal, told);
      this.plan = plan;
      if (await this.mayReplace()) this.dispatchEvent(new CustomEvent('planned', { detail: plan.document }));
    } catch (thrown) {
      if (!asked.signal.aborted) this.failed = problem(thrown);
    }
    this.planning = '';
  }
}

/** Names are not unique: the beginning of the id tells which one is meant. */
function called({ name, id }: Summary): string {
  return `${name} (${id.slice(0, 8)})`;
}

/** What was chosen, why, and what it takes. */
function planned(plan: Plan) {
  return html`<dl class="choices">
      ${plan.choices.map(({ what, value, rule }) => html`<dt>${what}</dt><dd><strong>${value}</strong> <span class="small muted">${rule}</span></dd>`)}
    </dl>
    <p>${plan.arms.map((arm) => html`<span class="tag">${arm.backbone}, ${arm.initialisation}: ${arm.runs} × ${duration(arm.secondsPerRun)}</span> `)}
      ${duration(plan.time.planned)}</p>
    ${notices(plan.notices)}`;
}
