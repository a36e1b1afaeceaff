import { Comprehension, type Dynamic, Rendered } from './rendered.ts';

/** Statics that the parts of one comprehension share, sent once under `p` and named by number. */
type Templates = Map<readonly string[], number>;

export interface Diff {
  [key: string]: unknown;
}

/**
 * What the server of LiveView 1.2 sends: `Phoenix.LiveView.Diff` in TypeScript, for the parts that the views here use.
 * A dynamic is left out when its value is the same; the real server leaves it out when what it reads is the same, so
 * the real messages can only be longer.
 */
export function fullDiff(rendered: Rendered): Diff {
  return newRendered(rendered, undefined);
}

/** The change from one render to the next. Both must come from the same template. */
export function updateDiff(before: Rendered, after: Rendered): Diff {
  return dynamicsDiff(before, after, undefined);
}

function newRendered(rendered: Rendered, templates: Templates | undefined): Diff {
  return { ...newDynamics(rendered, templates), r: 1, s: shared(rendered.statics, templates) };
}

function newDynamics({ dynamics }: Rendered, templates: Templates | undefined): Diff {
  return Object.fromEntries(dynamics.map((dynamic, at) => [at, newDynamic(dynamic, templates)]));
}

function newDynamic(dynamic: Dynamic, templates: Templates | undefined): unknown {
  if (typeof dynamic === 'string') return dynamic;
  if (dynamic instanceof Rendered) return newRendered(dynamic, templates);
  return newComprehension(dynamic, templates);
}

function newComprehension({ rows }: Comprehension, outer: Templates | undefined): unknown {
  const [first] = rows;
  if (!first) return '';
  const templates: Templates = outer ?? new Map();
  const k: Diff = {};
  rows.forEach(({ rendered }, at) => {
    k[at] = newDynamics(rendered, templates);
  });
  k.kc = rows.length;
  return { k, s: shared(first.rendered.statics, outer), ...(outer ? {} : sent(templates)) };
}

function dynamicsDiff(before: Rendered, after: Rendered, templates: Templates | undefined): Diff {
  const diff: Diff = {};
  after.dynamics.forEach((dynamic, at) => {
    const old = before.dynamics[at] as Dynamic;
    const change = dynamicDiff(old, dynamic, templates);
    if (change !== undefined) diff[at] = change;
  });
  return diff;
}

function dynamicDiff(old: Dynamic, now: Dynamic, templates: Templates | undefined): unknown {
  if (typeof now === 'string') return now === old ? undefined : now;
  if (now instanceof Rendered) {
    if (!(old instanceof Rendered) || old.statics !== now.statics) return newRendered(now, templates);
    const diff = dynamicsDiff(old, now, templates);
    return isEmpty(diff) ? undefined : diff;
  }
  if (!(old instanceof Comprehension)) return newComprehension(now, templates);
  return keyedDiff(old, now, templates);
}

function keyedDiff(old: Comprehension, now: Comprehension, outer: Templates | undefined): unknown {
  const templates: Templates = outer ?? new Map();
  const places = new Map(old.rows.map(({ key, rendered }, at) => [key, { at, rendered }]));
  const k: Diff = {};
  now.rows.forEach(({ key, rendered }, at) => {
    const known = places.get(key);
    if (!known) {
      k[at] = newDynamics(rendered, templates);
      return;
    }
    const change = dynamicsDiff(known.rendered, rendered, templates);
    const moved = known.at !== at;
    if (moved) k.km = true;
    if (!isEmpty(change)) k[at] = moved ? [known.at, change] : change;
    else if (moved) k[at] = known.at;
  });
  if (isEmpty(k) && now.rows.length > 0 && now.rows.length === old.rows.length) return undefined;
  k.kc = now.rows.length;
  return { k, ...(outer ? {} : sent(templates)) };
}

function shared(statics: readonly string[], templates: Templates | undefined): unknown {
  if (!templates) return statics;
  let place = templates.get(statics);
  if (place === undefined) {
    place = templates.size;
    templates.set(statics, place);
  }
  return place;
}

function sent(templates: Templates): Diff {
  if (templates.size === 0) return {};
  return { p: Object.fromEntries([...templates].map(([statics, place]) => [place, statics])) };
}

const isEmpty = (diff: Diff): boolean => {
  for (const _ in diff) return false;
  return true;
};
