import { html } from 'lit';
import { customElement } from 'lit/decorators.js';
import { pageHead } from '../../components/bits';
import { Page } from '../../page';
import type { Route } from '../../router';
import { texts } from '../../texts';

export const view = (route: Route) => html`<mt-new .route=${route}></mt-new>`;

@customElement('mt-new')
export class NewExperimentPage extends Page {
  protected override render() {
    return pageHead(texts.newExperiment.title);
  }
}
