/** Light, dark, or as the system says: the reader's choice, kept in the browser. */
export type Theme = 'system' | 'light' | 'dark';

const KEY = 'medtrans-theme';
const system = matchMedia('(prefers-color-scheme: dark)');
const listeners = new Set<() => void>();

export function theme(): Theme {
  const chosen = localStorage.getItem(KEY);
  return chosen === 'light' || chosen === 'dark' ? chosen : 'system';
}

export function choose(chosen: Theme): void {
  if (chosen === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, chosen);
  apply();
}

export function apply(): void {
  if (theme() === 'system') delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme();
  listeners.forEach((listener) => listener());
}

/** Calls when the colours have changed, for what is drawn with them rather than styled. Gives what ends that. */
export function onColours(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

system.addEventListener('change', apply);
addEventListener('storage', (event) => {
  if (event.key === KEY) apply();
});

/** What a custom property such as `--series-1` is just now, as a colour that a canvas takes. */
export function colour(property: string, at: Element = document.documentElement): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  probe.hidden = true;
  at.append(probe);
  const found = getComputedStyle(probe).color;
  probe.remove();
  return found;
}
