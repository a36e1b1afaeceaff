import type { ClientFrame, EventFrame, MountFrame, UrlChangeFrame } from './client-frames.ts';
import { type Fault, fail } from './errors.ts';
import type { ClientExt } from './extensions.ts';
import { type Json, type JsonObject, pointerStep, type Result } from './json.ts';
import { LIMITS } from './limits.ts';

/**
 * Checks what a browser sent, by hand and without throwing. The first fault is named by its JSON pointer.
 * The server runs these on each frame before anything else looks at it.
 */

type Checked<T> = Result<T, Fault>;

const FORBIDDEN = new Set(['__proto__', 'constructor', 'prototype']);
const EVENT_NAME = /^[a-z][a-z0-9_]*$/;
const VIEW_NAME = /^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$/;
const CLIENT_ID = /^[\w-]{8,64}$/;

/** Bounds depth, keys, list length and string length, and refuses keys that could reach a prototype. */
export function checkShape(value: Json, at = '', depth = 1): Fault | undefined {
  if (typeof value === 'string') {
    return value.length > LIMITS.maxJsonStringLength ? fail('frame/too-large', at).fault : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  if (depth > LIMITS.maxJsonDepth) return fail('frame/too-deep', at).fault;
  const isList = Array.isArray(value);
  const entries = isList ? value.entries() : Object.entries(value);
  const count = isList ? value.length : Object.keys(value).length;
  if (count > (isList ? LIMITS.maxJsonItems : LIMITS.maxJsonKeys)) return fail('frame/too-many-keys', at).fault;
  for (const [key, child] of entries) {
    const here = at + pointerStep(key);
    if (typeof key === 'string' && FORBIDDEN.has(key)) return fail('frame/forbidden-key', here).fault;
    const fault = checkShape(child, here, depth + 1);
    if (fault) return fault;
  }
  return undefined;
}

/** Checks a decoded frame of the types a server takes; others answer `frame/unknown-type`. */
export function checkClientFrame(frame: JsonObject & { type: string }): Checked<ClientFrame> {
  const shape = checkShape(frame);
  if (shape) return { ok: false, fault: shape };
  switch (frame.type) {
    case 'event':
      return checkEvent(frame);
    case 'mount':
    case 'live_redirect_mount':
      return checkMount(frame);
    case 'url_change':
      return checkUrlChange(frame);
    case 'ping':
    case 'request_html':
      return { ok: true, value: { type: frame.type } };
    default:
      return fail('frame/unknown-type', '/type', frame.type.slice(0, 64));
  }
}

function checkEvent(frame: JsonObject): Checked<EventFrame> {
  const { event, params = {}, ref } = frame;
  if (typeof event !== 'string' || event.length > LIMITS.maxEventNameLength || !EVENT_NAME.test(event)) {
    return fail('frame/invalid', '/event', 'a name like save_item is required');
  }
  if (!isObject(params)) return fail('frame/invalid', '/params', 'an object is required');
  if (ref !== undefined && !isCount(ref, 1)) return fail('frame/invalid', '/ref', 'a positive integer is required');
  return { ok: true, value: { type: 'event', event, params, ...(ref === undefined ? {} : { ref }) } };
}

function checkMount(frame: JsonObject & { type: string }): Checked<ClientFrame> {
  const { view, url = '/', params = {}, ext } = frame;
  if (typeof view !== 'string' || view.length > 200 || !VIEW_NAME.test(view)) {
    return fail('frame/invalid', '/view', 'a dotted name is required');
  }
  if (!isPath(url)) return fail('frame/invalid', '/url', 'a path of this origin is required');
  if (!isTextMap(params)) return fail('frame/invalid', '/params', 'an object of strings is required');
  const mount: MountFrame = { type: 'mount', view, url, params };
  if (typeof frame.client_timezone === 'string') mount.client_timezone = frame.client_timezone;
  if (frame.has_prerendered === true) mount.has_prerendered = true;
  if (ext !== undefined) {
    const checked = checkExt(ext);
    if (!checked.ok) return checked;
    mount.ext = checked.value;
  }
  return { ok: true, value: frame.type === 'mount' ? mount : { ...mount, type: 'live_redirect_mount' } };
}

function checkExt(ext: Json): Checked<ClientExt> {
  if (!isObject(ext)) return fail('frame/invalid', '/ext', 'an object is required');
  const { v, features, client_id, session = null, version = 0, ref = 0, acked = 0 } = ext;
  if (!isCount(v)) return fail('frame/invalid', '/ext/v', 'a number is required');
  if (!Array.isArray(features) || !features.every((name) => typeof name === 'string')) {
    return fail('frame/invalid', '/ext/features', 'a list of names is required');
  }
  if (typeof client_id !== 'string' || !CLIENT_ID.test(client_id)) {
    return fail('frame/invalid', '/ext/client_id', '8 to 64 letters, digits, - or _ are required');
  }
  if (session !== null && (typeof session !== 'string' || session.length > LIMITS.maxJsonStringLength)) {
    return fail('frame/invalid', '/ext/session', 'a token or null is required');
  }
  for (const [name, count] of Object.entries({ version, ref, acked })) {
    if (!isCount(count)) return fail('frame/invalid', `/ext/${name}`, 'a non-negative integer is required');
  }
  return {
    ok: true,
    value: {
      v,
      features: features as ClientExt['features'],
      client_id,
      session,
      version: version as number,
      ref: ref as number,
      acked: acked as number,
    },
  };
}

function checkUrlChange(frame: JsonObject): Checked<UrlChangeFrame> {
  const { params = {}, uri } = frame;
  if (!isTextMap(params)) return fail('frame/invalid', '/params', 'an object of strings is required');
  if (!isPath(uri)) return fail('frame/invalid', '/uri', 'a path of this origin is required');
  return { ok: true, value: { type: 'url_change', params, uri } };
}

/** A path within this origin: no scheme, no host, no way up, no control characters. */
export function isPath(url: unknown): url is string {
  if (typeof url !== 'string' || url.length > LIMITS.maxUrlLength) return false;
  if (!/^\/(?!\/)/.test(url) || url.includes('\\')) return false;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused here
  if (/[\u0000-\u001f\u007f]/.test(url)) return false;
  const path = url.split(/[?#]/, 1)[0] ?? '';
  return !path.split('/').some((part) => /^(\.|%2e){2}$/i.test(part));
}

function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function isTextMap(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isCount(value: unknown, least = 0): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}
