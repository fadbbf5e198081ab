/** Completes keys and values by the product's own list of keys. */
import type { Completion, CompletionContext, CompletionResult } from '@codemirror/autocomplete';
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { EditorView } from '@codemirror/view';
import type { SyntaxNode } from '@lezer/common';
import { texts } from '../../texts';
import type { Key } from './data';
import { nameOf, pathAround } from './places';

const words = texts.newExperiment;
const SET = 'set';
const EMPTY: Record<Key['type'], string> = { object: '{}', list: '[]', string: '""', boolean: 'false', integer: '1', number: '0' };

function matches(pattern: string[], path: readonly string[]): boolean {
  return pattern.length === path.length && pattern.every((name, i) => name === '*' || name === path[i]);
}

/** The keys that an object at `path` may have; what a matrix sets is named by its whole path. */
export function keysIn(keys: readonly Key[], path: readonly string[]): { name: string; key: Key }[] {
  if (path[0] === 'experiment' && path[path.length - 1] === SET) {
    return keys.filter((key) => !key.path.startsWith('experiment.') && key.type !== 'object').map((key) => ({ name: key.path, key }));
  }
  return keys.flatMap((key) => {
    const names = key.path.split('.');
    const name = names.pop()!;
    return name !== '*' && matches(names, path) ? [{ name, key }] : [];
  });
}

export function keyAt(keys: readonly Key[], path: readonly string[]): Key | undefined {
  if (path[0] === 'experiment' && path[path.length - 2] === SET) return keys.find((key) => key.path === path[path.length - 1]);
  return keys.find((key) => matches(key.path.split('.'), path));
}

/** What a reader should know of a key, in one line. */
export function described(key: Key): string {
  const absent = key.absent === undefined ? '' : words.absent(JSON.stringify(key.absent));
  return [key.type === 'object' ? '' : key.allowed, key.required ? words.required : absent, key.effective ? '' : words.noEffect]
    .filter(Boolean)
    .join('; ');
}

/** The property whose name, or missing name, is at the cursor; and whether a value follows it already. */
function nameHere(node: SyntaxNode, pos: number): { object: SyntaxNode; from: number; to: number; named: boolean } | undefined {
  if (node.name === 'PropertyName') {
    const property = node.parent!;
    return { object: property.parent!, from: node.from, to: node.to, named: property.lastChild?.name !== 'PropertyName' };
  }
  return node.name === 'Object' ? { object: node, from: pos, to: pos, named: false } : undefined;
}

function nameOption(name: string, key: Key, named: boolean): Completion {
  const value = key.type === 'object' ? '{}' : key.absent !== undefined ? JSON.stringify(key.absent) : key.values.length ? JSON.stringify(key.values[0]) : EMPTY[key.type];
  const text = named ? JSON.stringify(name) : `${JSON.stringify(name)}: ${value}`;
  const back = !named && key.type !== 'boolean' && /^(\{\}|\[\]|"")$/.test(value) ? 1 : 0;
  return {
    label: JSON.stringify(name),
    detail: key.type,
    info: described(key) || undefined,
    boost: key.required ? 1 : 0,
    apply: (view: EditorView, _completion, from: number, to: number) =>
      view.dispatch({ changes: { from, to, insert: text }, selection: { anchor: from + text.length - back } }),
  };
}

function present(state: EditorState, object: SyntaxNode, but: number): Set<string> {
  const names = new Set<string>();
  for (let child = object.firstChild; child; child = child.nextSibling) {
    if (child.name === 'Property' && child.from !== but) names.add(nameOf(state, child));
  }
  return names;
}

/** For CodeMirror's `autocompletion`. */
export function completion(keys: () => readonly Key[]) {
  return (context: CompletionContext): CompletionResult | null => {
    const { state, pos } = context;
    const node = syntaxTree(state).resolveInner(pos, -1);
    const word = context.matchBefore(/"?[\w.-]*$/);
    if (!context.explicit && !word?.text) return null;
    const name = nameHere(node, pos);
    if (name && !(node.name === 'Object' && state.sliceDoc(pos - 1, pos) === '}')) {
      const there = present(state, name.object, name.from);
      const options = keysIn(keys(), pathAround(state, name.object))
        .filter((one) => !there.has(one.name))
        .map((one) => nameOption(one.name, one.key, name.named));
      const from = node.name === 'Object' ? (word?.from ?? pos) : name.from;
      return options.length ? { from, to: Math.max(name.to, pos), options, validFor: /^"?[\w.-]*"?$/ } : null;
    }
    const key = keyAt(keys(), pathAround(state, node));
    if (!key?.values.length) return null;
    const value = ['String', 'Number', 'True', 'False', 'Null'].includes(node.name);
    const options = key.values.map((one) => ({ label: JSON.stringify(one), type: 'constant' }));
    return { from: value ? node.from : (word?.from ?? pos), to: value ? node.to : pos, options, validFor: /^"?[\w.-]*"?$/ };
  };
}
