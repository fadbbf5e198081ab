import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { pageHead } from '../../components/bits';
import { Page } from '../../page';
import type { Route } from '../../router';
import { texts } from '../../texts';

export const view = (route: Route) => html`<mt-dataset .route=${route}></mt-dataset>`;

@customElement('mt-dataset')
export class DatasetPage extends Page {
  protected override render() {
    return pageHead(texts.dataset.title);
  }
}
