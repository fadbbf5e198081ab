import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { pageHead } from '../../components/bits';
import { Page } from '../../page';
import type { Route } from '../../router';
import { texts } from '../../texts';

export const view = (route: Route) => html`<mt-datasets .route=${route}></mt-datasets>`;

@customElement('mt-datasets')
export class DatasetsPage extends Page {
  protected override render() {
    return pageHead(texts.datasets.title);
  }
}
