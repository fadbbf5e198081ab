/**
 * News of the gateway as it happens: one stream for the whole page, and for all its tabs where the browser lets them
 * agree on who holds it (a browser opens few connections to one host). The stream goes on after the last event it has
 * seen. While there is none, those who listen are told to look by themselves every few seconds.
 */
import type { ReactiveController, ReactiveControllerHost } from 'lit';

const STREAM = '/api/v1/events';
const TYPES = ['experiment.changed', 'experiment.deleted', 'run.changed', 'dataset.changed', 'model.changed', 'machine.changed'];
/** Comes first, and where more has changed than is told one by one; after a cut what was missed is told. */
const RESET = 'reset';
const LOOK_EVERY = 5_000;
const LONGEST_PAUSE = 60_000;

/** One piece of news. `type` is `look` where nothing is known but that time has passed. */
export interface News {
  type: string;
  /** What the event says, such as the ids of the experiment and the run; empty for `look`. */
  data: Record<string, unknown>;
}

type Message = { news: News } | { live: boolean };

const listeners = new Set<(news: News) => void>();
const watchers = new Set<(live: boolean) => void>();
const others = 'BroadcastChannel' in globalThis ? new BroadcastChannel('medtrans-live') : undefined;
let live = false;
let lastId = '';
let pause = 1_000;

function take(message: Message): void {
  if ('news' in message) listeners.forEach((listener) => listener(message.news));
  else if (live !== message.live) {
    live = message.live;
    watchers.forEach((watcher) => watcher(live));
  }
}

function tell(message: Message): void {
  take(message);
  others?.postMessage(message);
}

function received(event: MessageEvent<string>): void {
  lastId = event.lastEventId || lastId;
  try {
    const data = JSON.parse(event.data);
    tell({ news: event.type === RESET ? { type: 'look', data: {} } : { type: event.type, data } });
  } catch {
    tell({ news: { type: 'look', data: {} } });
  }
}

/** Opens the stream. Where the browser gives it up for good, as after an answer that is no stream, it is opened again. */
function open(): void {
  const source = new EventSource(lastId ? `${STREAM}?after=${encodeURIComponent(lastId)}` : STREAM);
  source.onopen = () => {
    pause = 1_000;
    tell({ live: true });
  };
  source.onerror = () => {
    tell({ live: false });
    if (source.readyState !== EventSource.CLOSED) return;
    setTimeout(open, pause);
    pause = Math.min(2 * pause, LONGEST_PAUSE);
  };
  [RESET, ...TYPES].forEach((type) => source.addEventListener(type, received));
}

/** Begins; called once. */
export function start(): void {
  if (others) {
    others.onmessage = (event: MessageEvent<Message | 'anyone?'>) => {
      if (event.data !== 'anyone?') take(event.data);
      else if (holder) others.postMessage({ live });
    };
    others.postMessage('anyone?');
  }
  setInterval(() => {
    if (!live && document.visibilityState === 'visible') take({ news: { type: 'look', data: {} } });
  }, LOOK_EVERY);
  if (others && navigator.locks) {
    // Held as long as this tab lives; then the next one opens the stream.
    void navigator.locks.request('medtrans-live', () => {
      hold();
      return new Promise<never>(() => {});
    });
  } else {
    hold();
  }
}

let holder = false;
function hold(): void {
  holder = true;
  open();
}

/** Tells at once, and then whenever it changes, whether news come as they happen. Gives what ends that. */
export function watch(watcher: (live: boolean) => void): () => void {
  watchers.add(watcher);
  watcher(live);
  return () => watchers.delete(watcher);
}

/** Calls for each piece of news. Gives what ends that. */
export function onNews(listener: (news: News) => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/**
 * Has an element look again when there is news for it: not more often than every `atMost` milliseconds, and only
 * while its tab is seen.
 */
export class LookAgain implements ReactiveController {
  private end?: () => void;
  private timer?: ReturnType<typeof setTimeout>;
  private last = 0;
  private due = false;

  constructor(
    host: ReactiveControllerHost,
    private readonly concerns: (news: News) => boolean,
    private readonly look: () => void,
    private readonly atMost = 1_000,
  ) {
    host.addController(this);
  }

  hostConnected(): void {
    this.end = onNews((news) => {
      if (news.type === 'look' || this.concerns(news)) this.ask();
    });
    document.addEventListener('visibilitychange', this.seen);
  }

  hostDisconnected(): void {
    this.end?.();
    clearTimeout(this.timer);
    this.timer = undefined;
    document.removeEventListener('visibilitychange', this.seen);
  }

  private readonly seen = () => {
    if (this.due) this.ask();
  };

  private ask(): void {
    this.due = true;
    if (document.visibilityState !== 'visible' || this.timer !== undefined) return;
    this.timer = setTimeout(() => {
      this.timer = undefined;
      this.due = false;
      this.last = Date.now();
      this.look();
    }, Math.max(0, this.last + this.atMost - Date.now()));
  }
}
