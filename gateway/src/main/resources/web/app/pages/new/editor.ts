/** The editor of the experiment file: CodeMirror, in a shadow tree because its styles are made as it runs. */
import { autocompletion, closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { json, jsonParseLinter } from '@codemirror/lang-json';
import { bracketMatching, foldGutter, foldKeymap, HighlightStyle, indentOnInput, syntaxHighlighting, syntaxTree } from '@codemirror/language';
import { lintGutter, lintKeymap, setDiagnostics, type Diagnostic } from '@codemirror/lint';
import { EditorState } from '@codemirror/state';
import { drawSelection, EditorView, highlightActiveLine, hoverTooltip, keymap, lineNumbers } from '@codemirror/view';
import { tags } from '@lezer/highlight';
import { LitElement, css, html } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { texts } from '../../texts';
import { completion, described, keyAt } from './completion';
import type { Key } from './data';
import { parts, pathAround, placeOf } from './places';

const words = texts.newExperiment;

const colours = HighlightStyle.define([
  { tag: tags.propertyName, color: 'var(--accent)' },
  { tag: tags.string, color: 'var(--good)' },
  { tag: [tags.number, tags.bool, tags.null], color: 'var(--warn)' },
]);

const look = EditorView.theme({
  '&': { color: 'var(--ink)', backgroundColor: 'var(--surface)', fontSize: 'var(--text-s)', height: '100%' },
  '&.cm-focused': { outline: '2px solid var(--accent)' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.5' },
  '.cm-content': { caretColor: 'var(--ink)' },
  '.cm-cursor': { borderLeftColor: 'var(--ink)' },
  '.cm-gutters': { color: 'var(--muted)', backgroundColor: 'var(--sunken)', border: '0' },
  '.cm-activeLine': { backgroundColor: 'color-mix(in srgb, var(--accent-soft) 45%, transparent)' },
  '.cm-activeLineGutter': { backgroundColor: 'var(--accent-soft)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': { backgroundColor: 'var(--accent-soft)' },
  '.cm-tooltip': { color: 'var(--ink)', backgroundColor: 'var(--surface)', border: '1px solid var(--line-strong)' },
  '.cm-tooltip-autocomplete > ul > li[aria-selected]': { color: 'var(--accent-ink)', backgroundColor: 'var(--accent)' },
  '.cm-completionDetail': { fontStyle: 'normal', opacity: '0.8' },
  '.cm-completionInfo, .cm-tooltip-hover': { maxWidth: '26rem', padding: '0.3rem 0.5rem' },
});

/** Fires `edited`, its detail the text, when the user has changed it. */
@customElement('mt-editor')
export class Editor extends LitElement {
  static override readonly styles = css`
    :host { display: block; height: 100%; min-height: 16rem; border: 1px solid var(--line-strong); border-radius: var(--radius); overflow: hidden; }
    #place { height: 100%; }
  `;

  @property({ attribute: false }) keys: readonly Key[] = [];
  private view?: EditorView;
  private quiet = false;

  override render() {
    return html`<div id="place"></div>`;
  }

  override firstUpdated(): void {
    const root = this.renderRoot as ShadowRoot;
    this.view = new EditorView({ root, parent: root.getElementById('place')!, state: this.begin('') });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.view?.destroy();
  }

  get text(): string {
    return this.view?.state.doc.toString() ?? '';
  }

  /** Another text, as when another template is chosen; it cannot be undone into the one before. */
  set text(text: string) {
    this.quiet = true;
    this.view?.setState(this.begin(text));
    this.quiet = false;
  }

  private begin(doc: string): EditorState {
    return EditorState.create({
      doc,
      extensions: [
        lineNumbers(), foldGutter(), lintGutter(), history(), drawSelection(), indentOnInput(), bracketMatching(), closeBrackets(),
        highlightActiveLine(), json(), syntaxHighlighting(colours), look, EditorView.lineWrapping,
        autocompletion({ override: [completion(() => this.keys)] }),
        hoverTooltip((view, pos) => this.explain(view, pos)),
        keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap, indentWithTab]),
        EditorView.contentAttributes.of({ 'aria-label': words.editor, tabindex: '0' }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged && !this.quiet) this.dispatchEvent(new CustomEvent('edited', { detail: this.text }));
        }),
      ],
    });
  }

  /** What a key is, where one points at it. */
  private explain(view: EditorView, pos: number) {
    const node = syntaxTree(view.state).resolveInner(pos, 1);
    const key = node.name === 'PropertyName' ? keyAt(this.keys, pathAround(view.state, node)) : undefined;
    const text = key && described(key);
    if (!text) return null;
    const create = () => {
      const dom = document.createElement('div');
      dom.textContent = text;
      return { dom };
    };
    return { pos: node.from, end: node.to, above: true, create };
  }

  /** Where the text is no JSON: in which line, and why; nothing where it is. */
  mistake(): { line: number; message: string } | undefined {
    const [found] = this.view ? jsonParseLinter()(this.view) : [];
    if (!found) return undefined;
    this.mark([found]);
    return { line: this.view!.state.doc.lineAt(found.from).number, message: found.message };
  }

  /** Marks the lines of mistakes that the product has found; gives the line of each. */
  show(messages: readonly string[]): number[] {
    const { state } = this.view!;
    const found = messages.map((message): Diagnostic => {
      const { path, text } = parts(message);
      return { ...placeOf(state, path), severity: 'error', message: text };
    });
    this.mark(found);
    return found.map(({ from }) => state.doc.lineAt(from).number);
  }

  private mark(found: readonly Diagnostic[]): void {
    const { view } = this;
    if (view) view.dispatch(setDiagnostics(view.state, [...found].sort((a, b) => a.from - b.from)));
  }

  goTo(line: number): void {
    const { view } = this;
    if (!view) return;
    const anchor = view.state.doc.line(Math.min(line, view.state.doc.lines)).from;
    view.dispatch({ selection: { anchor }, effects: EditorView.scrollIntoView(anchor, { y: 'center' }) });
    view.focus();
  }
}
