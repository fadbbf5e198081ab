/** Numbers, durations and times as they are read. */
import { texts } from './texts';

const { none } = texts.common;

/** A metric between −1 and 1, or any number with so many digits after the point. */
export function fixed(value: number | null | undefined, digits = 3): string {
  return value === null || value === undefined || !Number.isFinite(value) ? none : value.toFixed(digits).replace('-', '−');
}

/** Three or four digits that matter, as for a loss or a learning rate. */
export function short(value: number | null | undefined): string {
  if (value === null || value === undefined || !Number.isFinite(value)) return none;
  const size = Math.abs(value);
  const text = size !== 0 && (size < 1e-3 || size >= 1e6) ? value.toExponential(2) : String(Number(value.toPrecision(4)));
  return text.replace('-', '−');
}

export function whole(value: number | null | undefined): string {
  return value === null || value === undefined ? none : Math.round(value).toLocaleString('en');
}

export function bytes(value: number | null | undefined): string {
  if (value === null || value === undefined) return none;
  const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB'];
  const step = value < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log2(value) / 10));
  return `${step ? (value / 1024 ** step).toPrecision(3) : value} ${units[step]}`;
}

/** Of seconds; two units at most. */
export function duration(seconds: number | null | undefined): string {
  if (seconds === null || seconds === undefined || !Number.isFinite(seconds)) return none;
  const { time } = texts;
  if (seconds < 59.5) return time.seconds(Math.round(seconds));
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return time.minutes(minutes);
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return time.hours(hours, minutes % 60);
  return time.days(Math.floor(hours / 24), hours % 24);
}

/** How long ago, in one unit. */
export function ago(when: Date, now = new Date()): string {
  const seconds = Math.max(0, (now.getTime() - when.getTime()) / 1000);
  const { time } = texts;
  if (seconds < 45) return time.now;
  if (seconds < 3_570) return time.ago(time.minutes(Math.max(1, Math.round(seconds / 60))));
  if (seconds < 47 * 3600) return time.ago(time.hours(Math.round(seconds / 3600), 0));
  if (seconds < 30 * 86_400) return time.ago(time.days(Math.round(seconds / 86_400), 0));
  return when.toISOString().slice(0, 10);
}

/** Date and time to the minute, where the reader is. */
export function moment(when: Date): string {
  return when.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
