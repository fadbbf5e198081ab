/** Questions that are answered before anything goes on, in the browser's own dialog: focus and Escape are its. */
import { html, nothing, render, type TemplateResult } from 'lit';
import { texts } from '../texts';

interface Question {
  title: string;
  body?: TemplateResult | string;
  /** What the button says that does it. */
  action: string;
  /** Whether it destroys something. */
  danger?: boolean;
}

let count = 0;

/**
 * Asks, and gives the values of the named fields in `body` where it was agreed to (an empty object where there are
 * none), nothing where it was not.
 */
export function ask({ title, body, action, danger }: Question): Promise<Record<string, string> | undefined> {
  const dialog = document.createElement('dialog');
  const id = `dialog-${++count}`;
  dialog.setAttribute('aria-labelledby', id);
  const before = document.activeElement;
  render(
    html`<form method="dialog">
      <h2 id=${id}>${title}</h2>
      ${typeof body === 'string' ? html`<p>${body}</p>` : (body ?? nothing)}
      <div class="actions">
        <button type="button" @click=${() => dialog.close()}>${texts.common.cancel}</button>
        <button class=${danger ? 'danger' : 'primary'} value="yes" ?autofocus=${!danger}>${action}</button>
      </div>
    </form>`,
    dialog,
  );
  document.body.append(dialog);
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      const form = dialog.querySelector('form')!;
      const fields = [...new FormData(form).entries()].map(([name, value]) => [name, String(value)]);
      dialog.remove();
      if (before instanceof HTMLElement) before.focus();
      resolve(dialog.returnValue === 'yes' ? Object.fromEntries(fields) : undefined);
    });
  });
}
