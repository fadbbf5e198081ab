/** The one way to the gateway's REST API: every request of the page goes through here. */
import { texts } from './texts';

/** One mistake of several in a request. */
export interface Mistake {
  code: string;
  message: string;
}

/** What went wrong, as the gateway's problem document says it (RFC 9457), or why there is none. */
export class Problem extends Error {
  constructor(
    /** HTTP status; 0 where there was no answer. */
    readonly status: number,
    readonly detail: string,
    readonly code: string = '',
    readonly mistakes: Mistake[] = [],
    readonly title: string = texts.common.failed,
    /** After how many seconds the same may be asked again. */
    readonly retryAfter?: number,
  ) {
    super(detail);
  }

  /** Whether the same request may succeed later by itself. */
  get passing(): boolean {
    return this.status === 0 || this.status === 503;
  }
}

export type Query = Record<string, string | number | boolean | undefined | null | (string | number)[]>;

/** `path` with the query's values that are there; empty ones are left out. */
export function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of Array.isArray(value) ? value : [value]) {
      if (one !== undefined && one !== null && one !== '') parameters.append(name, String(one));
    }
  }
  const text = parameters.toString();
  return text ? `${path}?${text}` : path;
}

/** A path of the API with its variable parts escaped: ``path`/runs/${id}/results` ``. */
export function path(strings: TemplateStringsArray, ...parts: (string | number)[]): string {
  return '/api/v1' + strings.reduce((all, next, i) => all + encodeURIComponent(String(parts[i - 1])) + next);
}

export interface Options {
  query?: Query;
  signal?: AbortSignal;
  headers?: Record<string, string>;
  /** Sent as JSON, or as it is where it is a text or a file. */
  body?: unknown;
}

async function problemOf(response: Response): Promise<Problem> {
  const retry = Number(response.headers.get('Retry-After')) || undefined;
  try {
    const found = await response.json();
    return new Problem(
      response.status, found.detail ?? response.statusText, found.code, found.errors ?? [], found.title, retry);
  } catch {
    return new Problem(response.status, `${response.status} ${response.statusText}`, '', [], undefined, retry);
  }
}

async function answer(method: string, url: string, options: Options): Promise<Response> {
  const { body, headers = {}, signal, query } = options;
  const asIs = typeof body === 'string' || body instanceof Blob;
  let response: Response;
  try {
    response = await fetch(address(url, query), {
      method,
      signal,
      headers: { ...(body === undefined ? {} : { 'Content-Type': 'application/json' }), ...headers },
      body: body === undefined ? undefined : asIs ? (body as BodyInit) : JSON.stringify(body),
    });
  } catch (error) {
    if (signal?.aborted) throw error;
    throw new Problem(0, texts.common.unreachable);
  }
  if (response.status === 401) location.assign('/sign-in');
  if (!response.ok) throw await problemOf(response);
  return response;
}

async function json<T>(method: string, url: string, options: Options): Promise<T> {
  const response = await answer(method, url, { ...options, headers: { Accept: 'application/json', ...options.headers } });
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw new Problem(response.status, texts.common.unreadable);
  }
}

/** Each throws a {@link Problem}, or the signal's reason where the caller has lost interest. */
export const api = {
  get: <T>(url: string, options: Options = {}) => json<T>('GET', url, options),
  post: <T>(url: string, body?: unknown, options: Options = {}) => json<T>('POST', url, { ...options, body }),
  patch: <T>(url: string, body: unknown, options: Options = {}) => json<T>('PATCH', url, { ...options, body }),
  put: <T>(url: string, body: unknown, options: Options = {}) => json<T>('PUT', url, { ...options, body }),
  delete: (url: string, options: Options = {}) => json<void>('DELETE', url, options),
  text: async (url: string, options: Options = {}) => (await answer('GET', url, options)).text(),
  blob: async (url: string, options: Options = {}) => (await answer('GET', url, options)).blob(),
};

/** What to tell people of anything that was thrown. */
export function problem(thrown: unknown): Problem {
  return thrown instanceof Problem ? thrown : new Problem(0, thrown instanceof Error ? thrown.message : String(thrown));
}
