import type {
  ClientFrame,
  EventFrame,
  MountBatchFrame,
  MountFrame,
  UploadRegisterFrame,
  UploadResumeFrame,
  UrlChangeFrame,
} from './client-frames.ts';
import { type Fault, fail } from './errors.ts';
import type { ClientExt } from './extensions.ts';
import { type Json, type JsonObject, pointerStep, type Result } from './json.ts';
import { LIMITS } from './limits.ts';

/**
 * Checks what a browser sent, by hand and without throwing. The first fault is named by its JSON pointer.
 * The server runs these on each frame before anything else looks at it.
 */

type Checked<T> = Result<T, Fault>;

const MAX_NAME = 200;
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

/** Checks a decoded frame of a type that djust 1.x or we define; others answer `frame/unknown-type`. */
export function checkClientFrame(frame: JsonObject & { type: string }): Checked<ClientFrame> {
  const shape = checkShape(frame);
  if (shape) return { ok: false, fault: shape };
  switch (frame.type) {
    case 'event':
      return checkEvent(frame);
    case 'mount':
    case 'live_redirect_mount': {
      const mount = checkMount(frame, '');
      return mount.ok ? { ok: true, value: { type: frame.type, ...mount.value } } : mount;
    }
    case 'mount_batch':
      return checkMountBatch(frame);
    case 'url_change':
      return checkUrlChange(frame);
    case 'upload_register':
      return checkUploadRegister(frame);
    case 'upload_resume':
      return checkUploadResume(frame);
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

function checkMount(frame: JsonObject, at: string): Checked<Omit<MountFrame, 'type'>> {
  const { view, url = '/', params = {}, client_timezone, state_snapshot, target_id, ext } = frame;
  if (typeof view !== 'string' || view.length > MAX_NAME || !VIEW_NAME.test(view)) {
    return fail('frame/invalid', `${at}/view`, 'a dotted name is required');
  }
  if (!isPath(url)) return fail('frame/invalid', `${at}/url`, 'a path of this origin is required');
  if (!isTextMap(params)) return fail('frame/invalid', `${at}/params`, 'an object of strings is required');
  const mount: Omit<MountFrame, 'type'> = { view, url, params };
  if (isName(client_timezone)) mount.client_timezone = client_timezone;
  if (frame.has_prerendered === true) mount.has_prerendered = true;
  if (isObject(state_snapshot)) mount.state_snapshot = state_snapshot;
  if (isName(target_id)) mount.target_id = target_id;
  if (ext !== undefined) {
    const checked = checkExt(ext, `${at}/ext`);
    if (!checked.ok) return checked;
    mount.ext = checked.value;
  }
  return { ok: true, value: mount };
}

function checkMountBatch(frame: JsonObject): Checked<MountBatchFrame> {
  const { views, client_timezone } = frame;
  if (!Array.isArray(views) || views.length === 0) return fail('frame/invalid', '/views', 'a list is required');
  if (views.length > LIMITS.maxMountBatch) return fail('frame/too-many-keys', '/views');
  const batch: MountBatchFrame = { type: 'mount_batch', views: [] };
  if (isName(client_timezone)) batch.client_timezone = client_timezone;
  for (const [index, view] of views.entries()) {
    const at = `/views/${index}`;
    if (!isObject(view)) return fail('frame/invalid', at, 'an object is required');
    const checked = checkMount(view, at);
    if (!checked.ok) return checked;
    batch.views.push(checked.value);
  }
  return { ok: true, value: batch };
}

function checkExt(ext: Json, at: string): Checked<ClientExt> {
  if (!isObject(ext)) return fail('frame/invalid', at, 'an object is required');
  const { v, features, client_id, session = null, version = 0, ref = 0, acked = 0 } = ext;
  if (!isCount(v)) return fail('frame/invalid', `${at}/v`, 'a number is required');
  if (!Array.isArray(features) || !features.every((name) => typeof name === 'string')) {
    return fail('frame/invalid', `${at}/features`, 'a list of names is required');
  }
  if (typeof client_id !== 'string' || !CLIENT_ID.test(client_id)) {
    return fail('frame/invalid', `${at}/client_id`, '8 to 64 letters, digits, - or _ are required');
  }
  if (session !== null && (typeof session !== 'string' || session.length > LIMITS.maxJsonStringLength)) {
    return fail('frame/invalid', `${at}/session`, 'a token or null is required');
  }
  for (const [name, count] of Object.entries({ version, ref, acked })) {
    if (!isCount(count)) return fail('frame/invalid', `${at}/${name}`, 'a non-negative integer is required');
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

function checkUploadRegister(frame: JsonObject): Checked<UploadRegisterFrame> {
  const { upload_name, ref, client_name, client_type = '', client_size, resumable } = frame;
  for (const [name, value] of Object.entries({ upload_name, ref, client_name })) {
    if (!isName(value)) return fail('frame/invalid', `/${name}`, 'a name is required');
  }
  if (typeof client_type !== 'string' || client_type.length > MAX_NAME) return fail('frame/invalid', '/client_type');
  if (!isCount(client_size)) return fail('frame/invalid', '/client_size', 'a number of bytes is required');
  const names = { upload_name, ref, client_name } as Record<'upload_name' | 'ref' | 'client_name', string>;
  const value = { type: 'upload_register', ...names, client_type, client_size, resumable: resumable === true } as const;
  return { ok: true, value };
}

function checkUploadResume({ ref }: JsonObject): Checked<UploadResumeFrame> {
  return isName(ref) ? { ok: true, value: { type: 'upload_resume', ref } } : fail('frame/invalid', '/ref');
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

function isName(value: unknown): value is string {
  return typeof value === 'string' && value !== '' && value.length <= MAX_NAME;
}

function isTextMap(value: unknown): value is Record<string, string> {
  return isObject(value) && Object.values(value).every((text) => typeof text === 'string');
}

function isCount(value: unknown, least = 0): value is number {
  return Number.isSafeInteger(value) && (value as number) >= least;
}
