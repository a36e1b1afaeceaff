import { describe, expect, it } from 'vitest';
import { rig } from '../../test/rig.ts';
import { type Counter, counter, schemaOf } from '../../test/views.ts';
import { on, type ViewSpec } from '../view/define-view.ts';
import { html } from '../view/html.ts';

const SECRET = 'hunter2-s3cr3t';

/** Errors that carry a secret in every place where one can hide. */
const ERRORS: Record<string, () => unknown> = {
  'in the message': () => new Error(SECRET),
  'in the cause': () => new Error('failed', { cause: new Error(SECRET) }),
  'in the stack': () => Object.assign(new Error('failed'), { stack: `Error: ${SECRET}` }),
  'in an AggregateError': () => new AggregateError([new Error(SECRET)], 'failed'),
  'in a property': () =>
    Object.assign(new Error('failed'), { query: SECRET, code: SECRET, at: SECRET, detail: SECRET }),
  'in the name': () => Object.assign(new Error('failed'), { name: SECRET }),
  'behind toJSON': () => ({ toJSON: () => SECRET }),
  'behind a toJSON getter': () =>
    Object.defineProperty(new Error('failed'), 'toJSON', { get: () => () => SECRET, enumerable: true }),
  'behind toString': () => ({ toString: () => SECRET }),
  'as a string': () => SECRET,
  'as a fault of ours': () => ({ code: 'event/params', fault: 'app', at: SECRET, detail: SECRET }),
};

type Spec = Partial<ViewSpec<Counter>>;

const fail = (make: () => unknown): never => {
  throw make();
};

/** Where the code of an app can throw once a client is there. */
const PLACES: Record<string, (make: () => unknown) => Spec> = {
  handler: (make) => ({ events: { go: () => fail(make) } }),
  'async handler': (make) => ({ events: { go: async () => fail(make) } }),
  schema: (make) => ({
    events: {
      go: on(
        schemaOf(() => fail(make)),
        () => undefined,
      ),
    },
  }),
  allow: (make) => ({ events: { go: on(schemaOf(Object), () => undefined, { allow: () => fail(make) }) } }),
  render: (make) => ({
    render: ({ count }) => (count === 1 ? fail(make) : html`<p></p>`),
    events: { go: () => ({ count: 1 }) },
  }),
  title: (make) => ({ title: ({ count }) => (count === 1 ? fail(make) : ''), events: { go: () => ({ count: 1 }) } }),
};

describe.each(Object.entries(PLACES))('a throw in %s', (_, spec) => {
  it.each(Object.entries(ERRORS))('with a secret %s tells a browser in production nothing of it', async (_, make) => {
    const { connect } = rig(counter(spec(make)));
    const client = await connect();
    await client.mount();
    const [frame] = await client.event('go', {}, 1);
    expect(frame).toMatchObject({ type: 'error', ref: 1 });
    expect(
      Object.keys(frame as object).filter((key) => !['type', 'error', 'code', 'id', 'ref', 'ack'].includes(key)),
    ).toEqual([]);
    expect(client.peer.texts.join()).not.toContain(SECRET);
  });
});

describe.each(Object.entries(ERRORS))('a secret %s', (_, make) => {
  it.each<[string, Spec]>([
    ['mount', { mount: () => fail(make) }],
    ['authorize', { authorize: () => fail(make) }],
    ['render', { render: () => fail(make) }],
    ['title', { title: () => fail(make) }],
  ])('does not leave through %s, neither by socket nor by page', async (_, spec) => {
    const { connect, get } = rig(counter(spec));
    const client = await connect();
    await client.mount();
    expect(client.peer.texts.join()).toContain('"type":"error"');
    expect(client.peer.texts.join()).not.toContain(SECRET);
    const page = await get();
    expect(page.status).toBeGreaterThanOrEqual(400);
    expect(page.text).not.toContain(SECRET);
  });

  it('goes to the log, under the id that the browser was shown', async () => {
    const error = make();
    const { connect, log } = rig(counter({ events: { go: () => fail(() => error) } }));
    const client = await connect();
    await client.mount();
    const [frame] = (await client.event('go', {}, 1)) as { id: string }[];
    const entry = log.find(({ id }) => id === frame?.id);
    expect(entry?.level).toBe('error');
    expect(entry?.error).toBe(error);
  });
});

it('development shows the cause, where it was and what to do', async () => {
  const { connect, get } = rig(
    counter({ events: { go: () => fail(() => new Error(SECRET)) }, mount: () => undefined }),
    {
      isDevelopment: true,
    },
  );
  const client = await connect();
  await client.mount();
  expect(await client.event('go', {}, 1)).toMatchObject([
    {
      code: 'event/failed',
      at: 'go',
      event: 'go',
      hint: expect.stringContaining('handler'),
      traceback: expect.stringContaining(SECRET),
    },
  ]);
  expect((await get()).status).toBe(200);
});

it('development shows why a page could not be opened', async () => {
  const { get } = rig(counter({ mount: () => fail(() => new Error('no database')) }), { isDevelopment: true });
  const page = await get();
  expect(page.status).toBe(500);
  expect(page.text).toContain('view/mount-failed');
  expect(page.text).toContain('no database');
});
