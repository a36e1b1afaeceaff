import type { Json, JsonObject } from '@djust/protocol';
import { type Fork, type Recorded, replayOnFork } from './fork.ts';
import { placeOfFunction } from './function-place.ts';
import { HANDLER_LIMITS, handlersOf, refusalOf } from './handlers.ts';
import type { HistoryNode } from './history.ts';
import type { SessionProbe } from './probe.ts';
import { SlotIndex } from './slot-index.ts';
import { sourceAround } from './source.ts';
import { growthOf, partOf, sliceState, withPart } from './state-slice.ts';

const MOST_JSON = 500_000;

/** Why a request of the panel is not met, as a sentence for the developer. */
class Refusal extends Error {}

type Answer = { type: string } & Record<string, unknown>;
type Request = (probe: SessionProbe, frame: JsonObject) => Answer | Promise<Answer>;

/** What the panel may ask. Everything is about the session that it is attached to, and nothing about any other. */
const REQUESTS: Readonly<Record<string, Request>> = {
  'dev:subscribe': subscribe,
  'dev:unsubscribe': (probe) => {
    probe.isSubscribed = false;
    return { type: 'dev:unsubscribed' };
  },
  'dev:state': statePart,
  'dev:json': jsonPart,
  'dev:set': setPart,
  'dev:history': ({ history, shown }) => ({
    type: 'dev:history',
    head: history.head?.node ?? 0,
    shown,
    nodes: history.nodes.map(({ node, parent, name, ref, at }) => ({ node, parent, name, ref, at })),
  }),
  'dev:travel': travel,
  'dev:branch': branch,
  'dev:replay': replay,
  'dev:check': check,
  'dev:spans': (probe) => ({
    type: 'dev:spans',
    spans: probe.histograms?.summaries ?? [],
    process: probe.processNow(),
  }),
  'dev:delay': ({ delay }, { ms }) => ({ type: 'dev:delay', ms: delay.set(Number(ms) || 0) }),
  'dev:source': source,
  'dev:handler': handlerPlace,
};

/** Answers the panel; a request that cannot be met is answered with the reason. */
export async function answerOf(probe: SessionProbe, frame: JsonObject): Promise<Answer> {
  try {
    return await requested(probe, frame);
  } catch (error) {
    if (error instanceof Refusal) return { type: 'dev:refused', reason: error.message };
    throw error;
  }
}

function requested(probe: SessionProbe, frame: JsonObject): Answer | Promise<Answer> {
  const name = String(frame.type);
  const request = Object.hasOwn(REQUESTS, name) ? REQUESTS[name] : undefined;
  if (!request) throw new Refusal(`This server knows no ${name.slice(0, 40)}.`);
  if (!probe.isSubscribed && name !== 'dev:subscribe') throw new Refusal('Subscribe first.');
  return request(probe, frame);
}

function subscribe(probe: SessionProbe): Answer {
  probe.isSubscribed = true;
  const { session, page, visitor } = probe.probed;
  const { principal } = visitor.visit;
  return {
    type: 'dev:welcome',
    session: `${session.id.slice(0, 8)}…`,
    view: session.view.name,
    server: `@djust/server, Node ${process.versions.node}`,
    principal: principal ? principal.id : 'nobody in particular',
    features: page.features,
    handlers: handlersOf(session.view),
    limits: HANDLER_LIMITS,
    warnings: probe.warnings,
  };
}

/** The code at a place that a stack names. */
async function source(_probe: SessionProbe, { file, line }: JsonObject): Promise<Answer> {
  const found = await sourceAround(String(file), Number(line));
  if (!found) throw new Refusal('This is no source of the project.');
  return { type: 'dev:source', ...found };
}

async function setPart({ probed, isSecret }: SessionProbe, frame: JsonObject): Promise<Answer> {
  const path = pathOf(frame);
  const { value = null } = frame;
  const { page } = probed;
  if (path.length === 0 || partOf(page.state, path, isSecret) === undefined)
    throw new Refusal('The state has no such field.');
  await probed.change(() => withPart(page.state, path, value) as JsonObject);
  if (JSON.stringify(partOf(page.state, path, isSecret)) !== JSON.stringify(value))
    throw new Refusal('The view cannot be rendered with this value.');
  return { type: 'dev:set' };
}

async function travel(probe: SessionProbe, { node }: JsonObject): Promise<Answer> {
  const { history } = probe;
  const goal = typeof node === 'number' ? history.get(node) : undefined;
  if (node !== null && !goal) throw new Refusal('This state is not remembered any more.');
  const isHead = !goal || goal === history.head;
  await probe.show(isHead ? undefined : goal);
  return { type: 'dev:travelled', node: probe.shown };
}

/** The state that is shown becomes the true one. */
async function branch(probe: SessionProbe): Promise<Answer> {
  const { history, probed } = probe;
  const goal = probe.shown === null ? undefined : history.get(probe.shown);
  if (!goal) throw new Refusal('The page shows the present.');
  await probe.show(undefined);
  history.branch(goal);
  await probed.change(() => goal.state);
  return { type: 'dev:branched', node: goal.node };
}

async function replay({ history, probed, clock, isSecret }: SessionProbe, frame: JsonObject): Promise<Answer> {
  const refs = Array.isArray(frame.refs) ? frame.refs.filter((ref) => typeof ref === 'number') : [];
  const steps = refs.map((ref) => history.step(ref));
  const [first] = steps;
  if (!first || steps.includes(undefined)) throw new Refusal('One of these events is not remembered any more.');
  const edited = isObject(frame.params) ? frame.params : undefined;
  const events = steps.flatMap((step) => (step ? [recordedOf(step.node, edited)] : []));
  const context: Fork['context'] = (signal, effects) => ({ ...probed.calls.context(signal, effects), replay: true });
  const fork: Fork = { view: probed.session.view, clock, features: probed.page.features, context, isSecret };
  return { type: 'dev:replayed', steps: await replayOnFork(fork, first.before.state, events) };
}

const recordedOf = ({ ref = 0, name, params = {}, state }: HistoryNode, edited?: JsonObject): Recorded => ({
  ref,
  event: name,
  params: edited ?? params,
  after: state,
});

function statePart({ probed, history, isSecret }: SessionProbe, frame: JsonObject): Answer {
  const { state } = probed.page;
  const path = pathOf(frame);
  const part = partOf(state, path, isSecret);
  if (part === undefined) throw new Refusal('The state has no such field, or it is secret.');
  const levels = typeof frame.depth === 'number' ? frame.depth : undefined;
  const answer = { type: 'dev:state', node: sliceState(part, levels, isSecret) };
  if (path.length > 0) return answer;
  const { derived = {}, temporary = [] } = probed.session.view;
  const [first] = history.nodes;
  const streams = probed.page.tree && new SlotIndex(probed.page.tree).streams;
  const grown = growthOf(first?.state ?? state, state);
  return { ...answer, derived: Object.keys(derived), temporary, grown, streams };
}

/** A part of the state as JSON, whole but for its secrets. */
function jsonPart({ probed, isSecret }: SessionProbe, frame: JsonObject): Answer {
  const part = partOf(probed.page.state, pathOf(frame), isSecret);
  if (part === undefined) throw new Refusal('The state has no such field, or it is secret.');
  const text = JSON.stringify(part, (key, value) => (key !== '' && isSecret(key) ? '[redacted]' : value), 2);
  if (text.length > MOST_JSON) throw new Refusal('It is longer than 500,000 characters: copy a part of it.');
  return { type: 'dev:json', text };
}

/** Where the handler of an event stands in the source. */
async function handlerPlace({ probed }: SessionProbe, { event }: JsonObject): Promise<Answer> {
  const handler = probed.session.view.events.get(String(event));
  const place = handler && (await placeOfFunction(handler.handle));
  if (!place) throw new Refusal('Its source is not known.');
  return { type: 'dev:handler', ...place };
}

/** Would the server take these parameters? The same stages answer as for an event. */
async function check({ probed }: SessionProbe, { event, params }: JsonObject): Promise<Answer> {
  const fault = await refusalOf(probed, String(event), isObject(params) ? params : {});
  return { type: 'dev:checked', ...(fault && { fault }) };
}

const pathOf = ({ path }: JsonObject): string[] => (Array.isArray(path) ? path.map(String) : []);

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
