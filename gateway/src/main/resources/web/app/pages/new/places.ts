/** Where in the text of a JSON document something is that is told by its path. */
import { syntaxTree } from '@codemirror/language';
import type { EditorState } from '@codemirror/state';
import type { SyntaxNode } from '@lezer/common';

export interface Place {
  from: number;
  to: number;
}

/** A node without what it belongs to: its own places are not properties of its own, so they would not be copied. */
const place = ({ from, to }: SyntaxNode): Place => ({ from, to });

const VALUES = ['Object', 'Array', 'String', 'Number', 'True', 'False', 'Null'];

function unquoted(text: string): string {
  try {
    return String(JSON.parse(text));
  } catch {
    return text.replace(/^"|"$/g, '');
  }
}

/** Name of a `Property`. */
export function nameOf(state: EditorState, property: SyntaxNode): string {
  const name = property.getChild('PropertyName');
  return name ? unquoted(state.sliceDoc(name.from, name.to)) : '';
}

function children(node: SyntaxNode, names: readonly string[]): SyntaxNode[] {
  const found: SyntaxNode[] = [];
  for (let child = node.firstChild; child; child = child.nextSibling) if (names.includes(child.name)) found.push(child);
  return found;
}

const valueOf = (node: SyntaxNode): SyntaxNode | undefined => children(node, VALUES)[0];

/** Names of the keys around a node, from the outside in; places in lists are left out. */
export function pathAround(state: EditorState, node: SyntaxNode): string[] {
  const names: string[] = [];
  for (let at: SyntaxNode | null = node; at; at = at.parent) if (at.name === 'Property') names.unshift(nameOf(state, at));
  return names;
}

/** The property of an object that a path begins with, by the longest name: names may have dots. */
function begun(state: EditorState, object: SyntaxNode, path: string): { property: SyntaxNode; rest: string } | undefined {
  let best: { property: SyntaxNode; rest: string; length: number } | undefined;
  for (const property of children(object, ['Property'])) {
    const name = nameOf(state, property);
    const next = path.charAt(name.length);
    if (path.startsWith(name) && (next === '' || next === '.' || next === '[') && name.length > (best?.length ?? 0)) {
      best = { property, rest: path.slice(next === '.' ? name.length + 1 : name.length), length: name.length };
    }
  }
  return best;
}

/** Goes as far as the document does. */
function follow(state: EditorState, value: SyntaxNode, path: string, last: Place): Place {
  const index = /^\[(\d+)\]\.?/.exec(path);
  if (value.name === 'Array' && index) {
    const element = children(value, VALUES)[Number(index[1])];
    return element ? follow(state, element, path.slice(index[0].length), place(element)) : last;
  }
  const found = value.name === 'Object' ? begun(state, value, path) : undefined;
  const name = found?.property.getChild('PropertyName');
  if (!found || !name) return last;
  const inside = valueOf(found.property);
  if (!found.rest) return place(inside && inside.name !== 'Object' && inside.name !== 'Array' ? inside : name);
  return inside ? follow(state, inside, found.rest, place(name)) : place(name);
}

/** A key that a matrix or a phase sets by exactly this path. */
function set(state: EditorState, path: string): Place | undefined {
  let found: Place | undefined;
  syntaxTree(state).iterate({
    enter: ({ node }) => {
      if (!found && node.name === 'Property' && path.includes('.') && nameOf(state, node) === path) {
        found = place(valueOf(node) ?? node);
      }
    },
  });
  return found;
}

/**
 * Where `path` is: its value where that is short, else its name; of what is missing the name of what it is missing
 * from. The document's beginning where not even that is there.
 */
export function placeOf(state: EditorState, path: string): Place {
  const setHere = set(state, path);
  if (setHere) return setHere;
  const top = valueOf(syntaxTree(state).topNode);
  const start = { from: top?.from ?? 0, to: Math.min((top?.from ?? 0) + 1, state.doc.length) };
  return top ? follow(state, top, path, start) : start;
}

/** A message of the product's own check names the path first: `training_params.epochs: found …`. */
export function parts(message: string): { path: string; text: string } {
  const found = /^([\w.[\]*+-]+): ([\s\S]*)$/.exec(message);
  return found ? { path: found[1]!, text: found[2]! } : { path: '', text: message };
}
