import type { Json, JsonObject } from '@djust/protocol';
import type { Calls } from '../session/calls.ts';
import type { Effect } from '../session/context.ts';
import { nextState } from '../session/dispatch.ts';
import type { Page } from '../session/page.ts';
import type { View } from '../view/define-view.ts';

/** What became of a session when its view was replaced. */
export interface Reloaded {
  readonly kept: boolean;
  readonly ms: number;
  /** Why the earlier view stays. */
  readonly failed?: string;
}

interface Running {
  readonly session: { view: View };
  readonly page: Page;
  readonly calls: Calls;
  send(text: string): void;
}

/**
 * Puts another version of a view in the place of the one that runs. The state stays when it has the fields that the new
 * one begins with, of the same kinds; else the view is mounted anew. The page gets the whole content, merged into what it
 * shows, so that fields and focus stay. What cannot be rendered changes nothing.
 */
export async function reloadView({ session, page, calls, send }: Running, view: View): Promise<Reloaded> {
  const from = performance.now();
  const before = { view: page.view, state: page.state };
  const kept = fits(page.state, view.state as JsonObject);
  try {
    session.view = view;
    page.view = view;
    if (!kept) page.state = await mountedState(calls, view);
    const html = await calls.render(page, () => page.renew());
    send(JSON.stringify({ type: 'html_update', html, version: page.version }));
    return { kept, ms: performance.now() - from };
  } catch (error) {
    session.view = before.view;
    page.view = before.view;
    page.state = before.state;
    return { kept: true, ms: performance.now() - from, failed: error instanceof Error ? error.message : String(error) };
  }
}

async function mountedState(calls: Calls, view: View): Promise<JsonObject> {
  // Who subscribed, and what was broadcast, stays as it was; only the state is made anew.
  const requests = { subscribe: () => {}, present: () => {} };
  const state = view.state as JsonObject;
  const options = {
    effects: [] as Effect[],
    at: view.name,
    failure: 'view/mount-failed' as const,
    requests,
    state,
    isNew: true,
  };
  const outcome = await calls.run((context) => view.mount?.(context, view.state), options);
  if (!outcome.ok) throw outcome.error;
  return nextState(state, outcome.change);
}

/** Whether a state can serve a view that begins with `fresh`. A null may become anything. */
export function fits(state: Json, fresh: Json): boolean {
  if (state === null || fresh === null) return true;
  if (Array.isArray(state) || Array.isArray(fresh)) return Array.isArray(state) && Array.isArray(fresh);
  if (typeof state !== 'object' || typeof fresh !== 'object') return typeof state === typeof fresh;
  return Object.entries(fresh).every(([key, value]) => Object.hasOwn(state, key) && fits(state[key] as Json, value));
}
