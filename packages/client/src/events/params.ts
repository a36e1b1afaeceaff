import type { Json, JsonObject } from '@djust/protocol';

const FORBIDDEN = /^(__proto__|constructor|prototype)$/;
const IS_TRUE = /^(true|1|yes|on|checked)$/i;
/** `data-*` attributes that are ours or the framework's, not the app's. */
const RESERVED = /^data-(liveview|live-|djust|dj-)|^data-(loading|component-id)$/;

/**
 * Parameters an element declares: `data-*`, then `dj-value-*`; a suffix converts: `data-id:int`.
 * @see wire spec 3.4
 */
export function typedParams(element: Element): JsonObject {
  const params: JsonObject = {};
  for (const { name, value } of element.attributes) {
    if (name.startsWith('data-') && !RESERVED.test(name)) assign(params, name.slice(5), value, /^dj_/);
  }
  return Object.assign(params, valueParams(element));
}

/** Only `dj-value-*`. */
export function valueParams(element: Element): JsonObject {
  const params: JsonObject = {};
  for (const { name, value } of element.attributes) {
    if (name.startsWith('dj-value-')) assign(params, name.slice(9), value);
  }
  return params;
}

function assign(params: JsonObject, name: string, value: string, drop?: RegExp): void {
  const at = name.lastIndexOf(':');
  const hint = at < 0 ? '' : name.slice(at + 1);
  let key = (at < 0 ? name : name.slice(0, at)).replaceAll('-', '_');
  if (drop) key = key.replace(drop, '');
  if (key !== '' && !FORBIDDEN.test(key)) params[key] = convert(value, hint);
}

function convert(value: string, hint: string): Json {
  if (/^int/.test(hint)) return finite(Number.parseInt(value || '0', 10));
  if (/^(float|number)$/.test(hint)) return finite(Number.parseFloat(value || '0'));
  if (/^bool/.test(hint)) return IS_TRUE.test(value);
  if (/^(json|object|array)$/.test(hint)) return parse(value) ?? value;
  return hint === 'list'
    ? value
        .split(',')
        .map((entry) => entry.trim())
        .filter(Boolean)
    : value;
}

const finite = (value: number): number | null => (Number.isFinite(value) ? value : null);

function parse(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json;
  } catch {
    return undefined;
  }
}
