/** The map of the embeddings: one point per image, which says what it is where one points at it. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, property, query, state } from 'lit/decorators.js';
import { api, path } from '../../api';
import { whole } from '../../format';
import { Light, Resource } from '../../page';
import { setQuery } from '../../router';
import { texts } from '../../texts';
import { colour, onColours } from '../../theme';
import { missing, named, there } from './gallery';
import { Places } from './places';
import type { EmbeddingMap, EmbeddingPoint } from './types';

const t = texts.run;
const COLOURS = 8;
const MARGIN = 14;
const REACH = 14;
const DIRECTIONS: Record<string, [number, number]> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

@customElement('mt-embeddings')
export class Embeddings extends Light {
  @property() run = '';
  @property({ attribute: false }) query = new URLSearchParams();
  @state() private chosen: number | undefined;
  @query('canvas') private canvas!: HTMLCanvasElement | null;

  private readonly map = new Resource<EmbeddingMap>(this, {
    load: (signal) => api.get(path`/runs/${this.run}/embeddings`, { signal }),
  });
  private places?: Places;
  private readonly layer = document.createElement('canvas');
  private drawn = '';
  private asked = '';
  private endColours?: () => void;
  private readonly sizes = new ResizeObserver(() => this.draw(true));

  private get by(): 'label' | 'prediction' {
    return this.query.get('colour') === 'prediction' ? 'prediction' : 'label';
  }

  private get split(): string {
    return this.query.get('split') ?? '';
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.endColours = onColours(() => this.draw(true));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.endColours?.();
    this.sizes.disconnect();
  }

  protected override willUpdate(_changed: PropertyValues): void {
    if (this.asked === this.run) return;
    this.asked = this.run;
    this.chosen = undefined;
    void this.map.restart();
  }

  protected override updated(): void {
    if (!this.canvas) return;
    this.sizes.observe(this.canvas);
    this.draw(false);
  }

  protected override render() {
    if (this.map.error?.status === 404) return html`<p class="muted">${t.noEmbeddings}</p>`;
    return this.map.render((map) => this.content(map));
  }

  private content(map: EmbeddingMap) {
    const choose = (name: string) => (event: Event) => setQuery({ [name]: (event.target as HTMLSelectElement).value });
    return html`<div class="controls">
        <label class="field">${t.colouredBy}<select @change=${choose('colour')}>
          ${(['label', 'prediction'] as const).map((one) => html`<option value=${one} ?selected=${one === this.by}>${t.colourings[one]}</option>`)}
        </select></label>
        <label class="field">${t.split}<select @change=${choose('split')}>
          <option value="">${t.allSplits}</option>
          ${['train', 'val', 'test'].map((one) => html`<option value=${one} ?selected=${one === this.split}>${t.splits[one]}</option>`)}
        </select></label>
      </div>
      <div class="embedding">
        <canvas tabindex="0" role="application" aria-label=${t.mapLabel(whole(map.points.length), whole(map.images))} aria-describedby="map-hint"
          @pointermove=${this.point} @click=${this.point} @keydown=${this.key}></canvas>
        <div class="readout" aria-live="polite">${this.readout(map)}</div>
      </div>
      <ul class="legend">${map.classes.map((name, number) => html`<li><span class="dot" data-series=${(number % COLOURS) + 1}></span>${name}</li>`)}</ul>
      <p id="map-hint" class="small muted">${t.mapHint}</p>`;
  }

  private readout({ points, classes }: EmbeddingMap) {
    const point = this.chosen === undefined ? undefined : points[this.chosen];
    if (!point) return html`<p class="muted">${t.pointAt}</p>`;
    return html`${point.row === undefined || point.row === null
        ? nothing
        : html`<img width="160" height="160" alt="" src="${path`/runs/${this.run}/images/${point.row}`}?split=${point.split}" @error=${missing} @load=${there} />`}
      <dl>
        <dt>${t.image}</dt><dd class="name">${point.image}</dd>
        <dt>${t.split}</dt><dd>${t.splits[point.split] ?? point.split}</dd>
        <dt>${t.truth}</dt><dd>${named(classes, point.label)}</dd>
        ${point.prediction ? html`<dt>${t.predicted}</dt><dd>${named(classes, point.prediction)}</dd>` : nothing}
      </dl>`;
  }

  private shown(point: EmbeddingPoint): boolean {
    return !this.split || point.split === this.split;
  }

  /** All points are drawn once, aside, and copied from there each time another one is pointed at. */
  private draw(anew: boolean): void {
    const { canvas, layer } = this;
    const map = this.map.value;
    if (!canvas || !map || !canvas.clientWidth) return;
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    const ratio = devicePixelRatio || 1;
    const seen = [this.by, this.split, width, height, ratio, map.points.length].join(' ');
    if (anew || seen !== this.drawn) {
      this.drawn = seen;
      for (const one of [canvas, layer]) [one.width, one.height] = [Math.round(width * ratio), Math.round(height * ratio)];
      this.places = new Places(map.points, width, height, MARGIN, (point) => this.shown(point));
      const aside = layer.getContext('2d')!;
      aside.setTransform(ratio, 0, 0, ratio, 0, 0);
      this.dots(aside, map);
    }
    const context = canvas.getContext('2d')!;
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, canvas.width, canvas.height);
    context.drawImage(layer, 0, 0);
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    this.mark(context);
  }

  private dots(context: CanvasRenderingContext2D, map: EmbeddingMap): void {
    const colours = Array.from({ length: COLOURS }, (_none, index) => colour(`--series-${index + 1}`, this));
    const unknown = colour('--muted', this);
    const size = map.points.length > 3000 ? 2 : 3;
    context.globalAlpha = 0.75;
    map.points.forEach((point, index) => {
      const place = this.places!.of(index);
      if (!place) return;
      const number = (this.by === 'label' ? point.label : point.prediction)?.[0];
      context.fillStyle = number === undefined ? unknown : colours[number % COLOURS]!;
      context.beginPath();
      context.arc(place[0], place[1], size, 0, 2 * Math.PI);
      context.fill();
    });
    context.globalAlpha = 1;
  }

  private mark(context: CanvasRenderingContext2D): void {
    const place = this.chosen === undefined ? undefined : this.places!.of(this.chosen);
    if (!place) return;
    context.strokeStyle = colour('--ink', this);
    context.lineWidth = 2;
    context.beginPath();
    context.arc(place[0], place[1], 7, 0, 2 * Math.PI);
    context.stroke();
  }

  private readonly point = (event: PointerEvent): void => {
    const found = this.places?.nearest(event.offsetX, event.offsetY, REACH);
    if (found !== undefined) this.chosen = found;
  };

  private readonly key = (event: KeyboardEvent): void => {
    const direction = DIRECTIONS[event.key];
    if (!direction || !this.places) return;
    event.preventDefault();
    this.chosen = this.places.next(this.chosen, direction) ?? this.chosen;
  };
}
