/** Addresses: which page belongs to a path, and going from one to another without loading anew. */
import type { TemplateResult } from 'lit';
import { texts } from './texts';

/** Where the page is: what its path and its query say. */
export interface Route {
  title: string;
  /** Entry of the navigation that it belongs to. */
  nav: string;
  params: Record<string, string>;
  query: URLSearchParams;
  /** The page that shows it. */
  view: View;
}

type View = (route: Route) => TemplateResult;

interface Known {
  pattern: RegExp;
  title: string;
  nav: string;
  /** What a page's module has to export. */
  load: () => Promise<{ view: View }>;
}

/** `/runs/:id` matches one path segment by the name `id`; a model's name may have slashes: `:name+`. */
function known(shape: string, title: string, nav: string, load: Known['load']): Known {
  const source = shape.replace(/:(\w+)(\+?)/g, (_all, name, more) => (more ? `(?<${name}>.+)` : `(?<${name}>[^/]+)`));
  return { pattern: new RegExp(`^${source.replace(/\/$/, '')}/?$`), title, nav, load };
}

/** Each page is fetched when it is first gone to. The gateway answers the same paths (`PageRoutes`). */
const routes: Known[] = [
  known('/', texts.experiments.title, 'experiments', () => import('./pages/experiments/page')),
  known('/experiments', texts.experiments.title, 'experiments', () => import('./pages/experiments/page')),
  known('/experiments/new', texts.newExperiment.title, 'newExperiment', () => import('./pages/new/page')),
  known('/experiments/:id', texts.experiment.title, 'experiments', () => import('./pages/experiment/page')),
  known('/compare', texts.compare.title, 'experiments', () => import('./pages/compare/page')),
  known('/runs/:id', texts.run.title, 'experiments', () => import('./pages/run/page')),
  known('/datasets', texts.datasets.title, 'datasets', () => import('./pages/datasets/page')),
  known('/datasets/:fingerprint', texts.dataset.title, 'datasets', () => import('./pages/dataset/page')),
  known('/models', texts.models.title, 'models', () => import('./pages/models/page')),
  known('/models/:name+', texts.model.title, 'models', () => import('./pages/model/page')),
  known('/access', texts.access.title, 'access', () => import('./pages/access/page')),
  known('/machine', texts.machine.title, 'machine', () => import('./pages/machine/page')),
];

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** The route of an address, its page fetched; nothing where there is no such page. */
export async function resolve(url: URL): Promise<Route | undefined> {
  for (const { pattern, title, nav, load } of routes) {
    const match = pattern.exec(url.pathname);
    if (match) {
      const { view } = await load();
      const params = Object.fromEntries(Object.entries(match.groups ?? {}).map(([name, text]) => [name, decoded(text)]));
      return { title, nav, params, query: url.searchParams, view };
    }
  }
  return undefined;
}

const listeners = new Set<() => void>();

/** Calls when the address has changed, by a link, by a page or by the browser's buttons. */
export function onNavigation(listener: () => void): void {
  listeners.add(listener);
}

/** Goes to an address of this page. */
export function navigate(to: string, { replace = false } = {}): void {
  history[replace ? 'replaceState' : 'pushState'](null, '', to);
  listeners.forEach((listener) => listener());
}

/**
 * Puts what matters about the view into the address: values that are undefined or empty leave it. The page is shown
 * anew with the new query; going back is not filled with every key that was pressed unless `push` says so.
 */
export function setQuery(changes: Record<string, string | string[] | undefined>, { push = false } = {}): void {
  const url = new URL(location.href);
  for (const [name, value] of Object.entries(changes)) {
    url.searchParams.delete(name);
    for (const one of Array.isArray(value) ? value : [value]) if (one) url.searchParams.append(name, one);
  }
  if (url.href !== location.href) navigate(url.pathname + url.search, { replace: !push });
}

/** Takes over clicks on links to pages of this page; everything else stays the browser's. */
export function start(): void {
  addEventListener('popstate', () => listeners.forEach((listener) => listener()));
  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.button || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    const link = event.composedPath().find((at): at is HTMLAnchorElement => at instanceof HTMLAnchorElement);
    if (!link?.href || link.target || link.hasAttribute('download')) return;
    const url = new URL(link.href);
    if (url.origin !== location.origin || !routes.some(({ pattern }) => pattern.test(url.pathname))) return;
    if (url.hash && url.pathname === location.pathname) return;
    event.preventDefault();
    navigate(url.pathname + url.search + url.hash);
  });
}
