/** Curves that can be zoomed and read off, drawn by uPlot. */
import { html, type PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import uPlot from 'uplot';
import { short } from '../format';
import { Light } from '../page';
import { texts } from '../texts';
import { colour, onColours } from '../theme';

export interface Curve {
  name: string;
  /** By the chart's `x`; null where there is no value. */
  values: readonly (number | null)[];
  /** Lower and upper edge of a band around it, such as the spread over seeds. */
  band?: readonly [low: readonly (number | null)[], high: readonly (number | null)[]];
  /** Which of the eight colours, from 1; by its place without. */
  series?: number;
  dashed?: boolean;
  /** Drawn thin, behind what is read. */
  faint?: boolean;
}

const ZOOM = 0.25;

/** `<mt-chart .x .curves label xLabel yLabel ?logY>`: zoom by dragging or with + and −, move with the arrow keys. */
@customElement('mt-chart')
export class Chart extends Light {
  @property({ attribute: false }) x: readonly number[] = [];
  @property({ attribute: false }) curves: readonly Curve[] = [];
  /** What the chart shows, for its heading and for those who cannot see it. */
  @property() label = '';
  @property() xLabel = '';
  @property() yLabel = '';
  @property({ type: Boolean }) logY = false;
  @property({ type: Number }) height = 280;

  private plot?: uPlot;
  private area?: HTMLElement;
  private shape = '';
  private endColours?: () => void;
  private readonly sizes = new ResizeObserver(() => this.fit());

  override connectedCallback(): void {
    super.connectedCallback();
    this.endColours = onColours(() => this.draw());
    if (this.hasUpdated) this.draw();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.endColours?.();
    this.sizes.disconnect();
    this.plot?.destroy();
    this.plot = undefined;
  }

  protected override render() {
    return html`
      <div class="chart-area" tabindex="0" role="img" aria-label=${this.described()} @keydown=${this.key}></div>
      <div class="chart-tools">
        <button type="button" class="plain" @click=${this.reset}>${texts.chart.reset}</button>
        <span>${texts.chart.hint}</span>
      </div>
    `;
  }

  private described(): string {
    const points = this.x.length;
    const each = this.curves.map(({ name, values }) => {
      const there = values.filter((value): value is number => value !== null);
      if (!there.length) return name;
      const low = there.reduce((a, b) => Math.min(a, b));
      const high = there.reduce((a, b) => Math.max(a, b));
      return texts.chart.curve(name, short(there[0]), short(there[there.length - 1]), short(low), short(high));
    });
    return [texts.chart.described(this.label, this.curves.length, points), ...each].join(' ');
  }

  protected override updated(_changed: PropertyValues): void {
    const shape = JSON.stringify([this.curves.map(({ name, band, series, dashed, faint }) => [name, !!band, series, dashed, faint]), this.logY, this.height, this.xLabel, this.yLabel]);
    if (this.plot && shape === this.shape) {
      const { min, max } = this.plot.scales.x!;
      const zoomed = min !== this.plot.data[0][0] || max !== this.plot.data[0][this.plot.data[0].length - 1];
      this.plot.setData(this.data(), !zoomed);
      return;
    }
    this.shape = shape;
    this.draw();
  }

  private data(): uPlot.AlignedData {
    const columns = this.curves.flatMap(({ values, band }) => (band ? [values, band[0], band[1]] : [values]));
    return [this.x as number[], ...(columns as (number | null)[][])];
  }

  private draw(): void {
    this.plot?.destroy();
    this.area = this.querySelector<HTMLElement>('.chart-area') ?? undefined;
    if (!this.area) return;
    this.plot = new uPlot(this.options(), this.data(), this.area);
    this.sizes.disconnect();
    this.sizes.observe(this);
  }

  private options(): uPlot.Options {
    const ink = colour('--muted', this);
    const line = colour('--line', this);
    const axis = (label: string): uPlot.Axis => ({
      stroke: ink,
      label: label || undefined,
      labelSize: 18,
      grid: { stroke: line, width: 1 },
      ticks: { stroke: line, width: 1 },
      values: (_plot, ticks) => ticks.map((tick) => (tick === null ? '' : short(tick))),
    });
    const series: uPlot.Series[] = [{ label: this.xLabel, value: (_plot, value) => short(value) }];
    const bands: uPlot.Band[] = [];
    this.curves.forEach((curve, index) => this.addCurve(curve, index, series, bands));
    return {
      width: Math.max(240, this.clientWidth),
      height: this.height,
      series,
      bands,
      axes: [axis(this.xLabel), { ...axis(this.yLabel), size: 60 }],
      scales: { x: { time: false }, y: { distr: this.logY ? 3 : 1 } },
      cursor: { drag: { x: true, y: false } },
      hooks: { setScale: [(plot, scale) => scale === 'x' && this.ranged(plot)] },
    };
  }

  private addCurve(curve: Curve, index: number, series: uPlot.Series[], bands: uPlot.Band[]): void {
    const own = colour(`--series-${curve.series ?? (index % 8) + 1}`, this);
    const stroke = curve.faint ? own.replace('rgb(', 'rgba(').replace(')', ', 0.3)') : own;
    const value = (_plot: uPlot, found: number | null) => short(found);
    series.push({ label: curve.name, stroke, width: curve.faint ? 1 : 1.75, value, dash: curve.dashed ? [6, 4] : undefined, points: { show: curve.values.length < 3 } });
    if (!curve.band) return;
    const low = series.length;
    const edge = { stroke: 'transparent', value, points: { show: false } };
    series.push({ ...edge, label: '↓' }, { ...edge, label: '↑' });
    bands.push({ series: [low + 1, low], fill: stroke.replace('rgb(', 'rgba(').replace(')', ', 0.16)') });
  }

  /** Tells what part is to be seen now: whoever has more of it may bring that. */
  private ranged(plot: uPlot): void {
    const { min, max } = plot.scales.x!;
    if (this.plot && min !== undefined && max !== undefined) this.dispatchEvent(new CustomEvent('range', { detail: { min, max } }));
  }

  private fit(): void {
    if (this.plot && this.clientWidth && this.plot.width !== this.clientWidth) {
      this.plot.setSize({ width: Math.max(240, this.clientWidth), height: this.height });
    }
  }

  private reset(): void {
    this.plot?.setData(this.data(), true);
  }

  private key(event: KeyboardEvent): void {
    const { min, max } = this.plot?.scales.x ?? {};
    if (min === undefined || max === undefined) return;
    const step = (max - min) * ZOOM;
    const ranges: Record<string, [number, number]> = {
      ArrowLeft: [min - step, max - step],
      ArrowRight: [min + step, max + step],
      '+': [min + step / 2, max - step / 2],
      '-': [min - step / 2, max + step / 2],
    };
    if (event.key === '0') this.reset();
    else if (ranges[event.key]) {
      const [low, high] = ranges[event.key]!;
      this.plot!.setScale('x', { min: low, max: high });
    } else return;
    event.preventDefault();
  }
}
