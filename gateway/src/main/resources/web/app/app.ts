/** The shell: name, navigation, what the address says in between. */
import { html, nothing, type PropertyValues } from 'lit';
import { customElement, state } from 'lit/decorators.js';
import { problem, type Problem } from './api';
import { caller, type Caller } from './caller';
import { empty, errorBox, loading, pageHead } from './components/bits';
import './components/toasts';
import * as live from './live';
import { Light } from './page';
import * as router from './router';
import { texts } from './texts';
import * as theme from './theme';

const NAVIGATION = [
  ['experiments', '/experiments'],
  ['newExperiment', '/experiments/new'],
  ['datasets', '/datasets'],
  ['models', '/models'],
  ['machine', '/machine'],
] as const;

@customElement('mt-app')
export class App extends Light {
  @state() private route: router.Route | undefined;
  @state() private known = true;
  @state() private failed: Problem | undefined;
  @state() private live = true;
  @state() private who: Caller | undefined;
  private path = '';

  override connectedCallback(): void {
    super.connectedCallback();
    theme.apply();
    router.start();
    router.onNavigation(() => void this.go());
    live.watch((now) => (this.live = now));
    live.start();
    this.addEventListener('page-name', (event) => this.called((event as CustomEvent<string>).detail));
    caller().then((who) => (this.who = who), () => undefined);
    void this.go();
  }

  private async go(): Promise<void> {
    const url = new URL(location.href);
    try {
      const route = await router.resolve(url);
      if (url.href !== location.href) return;
      this.failed = undefined;
      this.known = route !== undefined;
      this.route = route;
      if (url.pathname !== this.path) this.called(route?.title ?? texts.shell.notFound);
    } catch (thrown) {
      this.failed = problem(thrown);
    }
  }

  private called(name: string): void {
    document.title = `${name} · ${texts.shell.name}`;
  }

  /** Another page begins at its top, and a screen reader there too. */
  protected override updated(changed: PropertyValues): void {
    if (!changed.has('route') || location.pathname === this.path) return;
    if (this.path) {
      scrollTo(0, 0);
      this.querySelector<HTMLElement>('#content')?.focus();
    }
    this.path = location.pathname;
  }

  protected override render() {
    return html`
      <a class="skip visually-hidden" href="#content" @click=${this.skip}>${texts.shell.skip}</a>
      <header class="shell-top">
        <div>
          <a class="shell-name" href="/experiments"><img src="/icon.svg" alt="" />${texts.shell.name}</a>
          <nav class="shell-nav" aria-label=${texts.shell.navigation}>${NAVIGATION.map(([name, to]) => this.entry(name, to))}</nav>
          <div class="shell-side">${this.liveness()}${this.themes()}${this.person()}</div>
        </div>
      </header>
      <main class="shell-main" id="content" tabindex="-1">${this.content()}</main>
      <mt-toasts></mt-toasts>
    `;
  }

  private skip(event: Event): void {
    event.preventDefault();
    this.querySelector<HTMLElement>('#content')?.focus();
  }

  private entry(name: (typeof NAVIGATION)[number][0], to: string) {
    return html`<a href=${to} aria-current=${this.route?.nav === name ? 'page' : nothing}>${texts.nav[name]}</a>`;
  }

  private liveness() {
    return html`<span class="shell-live" role="status" data-state=${this.live ? 'live' : 'away'} title=${texts.shell.liveTitle}
      >${this.live ? texts.shell.live : html`<span class="visually-hidden">${texts.shell.away}</span>`}</span>`;
  }

  private person() {
    if (!this.who) return nothing;
    return html`<a href="/access" title=${texts.access.title} aria-current=${this.route?.nav === 'access' ? 'page' : nothing}>${this.who.person}</a>`;
  }

  private themes() {
    const chosen = theme.theme();
    return html`<select aria-label=${texts.shell.theme} @change=${this.chooseTheme}>
      ${(['system', 'light', 'dark'] as const).map(
        (one) => html`<option value=${one} ?selected=${one === chosen}>${texts.shell.themes[one]}</option>`,
      )}
    </select>`;
  }

  private chooseTheme(event: Event): void {
    theme.choose((event.target as HTMLSelectElement).value as theme.Theme);
  }

  private content() {
    if (this.failed) return errorBox(this.failed, () => void this.go());
    if (!this.known) {
      const home = html`<a class="button" href="/experiments">${texts.shell.home}</a>`;
      return html`${pageHead(texts.shell.notFound)}${empty(location.pathname, texts.shell.notFoundText, home)}`;
    }
    return this.route ? this.route.view(this.route) : loading();
  }
}
