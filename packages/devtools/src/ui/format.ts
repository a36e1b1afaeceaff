export const bytes = (count: number): string =>
  count < 1_000
    ? `${count} B`
    : count < 1_000_000
      ? `${(count / 1_000).toFixed(1)} kB`
      : count < 1e9
        ? `${(count / 1e6).toFixed(2)} MB`
        : `${(count / 1e9).toFixed(2)} GB`;

export const ms = (value: number | undefined): string => {
  if (value === undefined || !Number.isFinite(value)) return '–';
  if (value >= 10_000) return `${(value / 1_000).toFixed(1)} s`;
  return value >= 100 ? `${Math.round(value)} ms` : `${value.toFixed(1)} ms`;
};

const pad = (value: number, digits = 2): string => String(value).padStart(digits, '0');

export function clockTime(at: number): string {
  const date = new Date(at);
  return `${pad(date.getHours())}:${pad(date.getMinutes())}:${pad(date.getSeconds())}.${pad(date.getMilliseconds(), 3)}`;
}

/** The head of a long text, with what was left out. */
export const head = (text: string, most = 2_048): string =>
  text.length <= most ? text : `${text.slice(0, most)}… (${text.length - most} more characters)`;

export const json = (value: unknown): string => JSON.stringify(value, null, 2) ?? String(value);

export const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
