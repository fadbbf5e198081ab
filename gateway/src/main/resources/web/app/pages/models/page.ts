import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { pageHead } from '../../components/bits';
import { Page } from '../../page';
import type { Route } from '../../router';
import { texts } from '../../texts';

export const view = (route: Route) => html`<mt-models .route=${route}></mt-models>`;

@customElement('mt-models')
export class ModelsPage extends Page {
  protected override render() {
    return pageHead(texts.models.title);
  }
}
