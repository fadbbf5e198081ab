/** Who has signed in, and the tokens by which programs ask in their name. */
import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { api, path } from '../../api';
import { pageHead } from '../../components/bits';
import '../../components/copy';
import { ask } from '../../components/dialog';
import '../../components/table';
import type { Column } from '../../components/table';
import '../../components/time-ago';
import { attempt } from '../../components/toasts';
import { caller, rolesOf, type Caller, type Role } from '../../caller';
import { moment } from '../../format';
import { Page, Resource } from '../../page';
import type { Route } from '../../router';
import { texts } from '../../texts';

export const view = (route: Route) => html`<mt-access .route=${route}></mt-access>`;

interface Token {
  id: string;
  name: string;
  person: string;
  role: Role;
  created: string;
  expires: string;
  used: string | null;
}

const DAYS = 90;
const t = texts.access;

@customElement('mt-access')
export class AccessPage extends Page {
  private readonly caller = new Resource<Caller>(this, { load: () => caller() });
  private readonly tokens = new Resource<Token[]>(this, { load: (signal) => api.get(path`/tokens`, { signal }) });

  override connectedCallback(): void {
    super.connectedCallback();
    void this.caller.reload();
    void this.tokens.reload();
  }

  protected override render() {
    return this.caller.render((who) => html`
      ${pageHead(who.person, { actions: html`<form method="post" action="/sign-out"><button>${t.signOut}</button></form>` })}
      <p>${t.who(t.roles[who.role], who.team)}</p>
      <section class="part" aria-labelledby="tokens"><h2 id="tokens">${t.tokens}</h2>
        <p class="muted">${t.tokensText}</p>
        <p><button type="button" @click=${() => this.make(who)}>${t.make}</button></p>
        ${this.tokens.render((tokens) => this.table(tokens))}</section>
    `);
  }

  private table(tokens: Token[]) {
    if (!tokens.length) return html`<p class="muted">${t.none}</p>`;
    const columns: Column<Token>[] = [
      { key: 'name', title: t.name, heading: true, cell: (one) => one.name, sort: (one) => one.name },
      { key: 'person', title: t.person, from: 'wide', cell: (one) => one.person, sort: (one) => one.person },
      { key: 'role', title: t.role, cell: (one) => t.roles[one.role] },
      { key: 'used', title: t.used, from: 'medium', cell: (one) => (one.used ? html`<mt-ago when=${one.used}></mt-ago>` : t.never), sort: (one) => one.used },
      { key: 'expires', title: t.expires, cell: (one) => moment(new Date(one.expires)), sort: (one) => one.expires },
      {
        key: 'revoke',
        title: '',
        cell: (one) => html`<button type="button" class="plain" aria-label=${t.revokeOf(one.name)} @click=${() => this.revoke(one)}>${t.revoke}</button>`,
      },
    ];
    return html`<mt-table .columns=${columns} .rows=${tokens} .rowKey=${(one: Token) => one.id} label=${t.tokens}></mt-table>`;
  }

  private async make(who: Caller): Promise<void> {
    const wish = await ask({
      title: t.make,
      body: html`
        <label class="field">${t.name}<input name="name" required maxlength="100" autocomplete="off" /></label>
        <label class="field">${t.role}<select name="role">${rolesOf(who).map((role) => html`<option value=${role}>${t.roles[role]}</option>`)}</select></label>
        <label class="field">${t.days}<input name="days" type="number" min="1" max="366" required value=${DAYS} /></label>`,
      action: t.makeAction,
    });
    if (!wish) return;
    let token = '';
    const made = await attempt(async () => {
      ({ token } = await api.post<{ token: string }>(path`/tokens`, { ...wish, days: Number(wish.days) }));
    });
    if (!made) return;
    void this.tokens.reload();
    await ask({
      title: t.made,
      body: html`<p>${t.once}</p><p><code class="break">${token}</code></p><p><mt-copy .text=${token}></mt-copy></p>`,
      action: t.kept,
    });
  }

  private async revoke(token: Token): Promise<void> {
    if (!(await ask({ title: t.revokeOf(token.name), body: t.revokeText, action: t.revoke, danger: true }))) return;
    await attempt(() => api.delete(path`/tokens/${token.id}`), t.revoked);
    void this.tokens.reload();
  }
}
