import { describe, expect, it, vi } from 'vitest';
import { FakeClock } from '../../test/fake-clock.ts';
import { counter, schemaOf } from '../../test/views.ts';
import { on, type View, type ViewContext } from '../view/define-view.ts';
import { EVENT_STAGES, type GuardInput, guard, guardInTime, type Stage } from './guard.ts';

const context = { principal: { id: 'ann' } } as unknown as ViewContext;

const strict = schemaOf((value) => {
  if (typeof (value as { id?: unknown }).id !== 'number') throw new TypeError('a number is required');
  return value as { id: number };
});

const view = counter({
  events: {
    save: on(strict, () => undefined),
    forbidden: on(strict, () => undefined, { allow: () => false }),
    forbidden_later: on(strict, () => undefined, { allow: async () => false }),
    broken: on(strict, () => undefined, {
      allow: () => {
        throw new Error('secret');
      },
    }),
  },
});
const closed = counter({ authorize: () => false });
const brokenView = counter({
  authorize: () => {
    throw new Error('secret');
  },
});

const input = (event: string, on: View | undefined = view, params: unknown = { id: 1 }): GuardInput => ({
  frame: { type: 'event', event, params: params as never, ref: 1 },
  view: on,
  context,
});

/** What has to be refused, and why. */
const CASES: [string, () => GuardInput, string][] = [
  ['an event before mount', () => ({ ...input('save'), view: undefined }), 'session/not-mounted'],
  ['an event that was not declared', () => input('nope'), 'event/unknown'],
  ['a name that every object has', () => input('constructor'), 'event/unknown'],
  ['parameters that the schema refuses', () => input('save', view, { id: '1' }), 'event/params'],
  ['a visitor whom the view refuses', () => input('add', closed), 'session/denied'],
  ['a visitor whom authorize throws at', () => input('add', brokenView), 'event/denied'],
  ['a visitor whom the event refuses', () => input('forbidden'), 'event/denied'],
  ['a visitor whom the event refuses later', () => input('forbidden_later'), 'event/denied'],
  ['a visitor whom allow throws at', () => input('broken'), 'event/denied'],
];

const codeOf = async (given: GuardInput, stages?: readonly Stage[]): Promise<string> => {
  const verdict = await guard(given, stages);
  return verdict.ok ? 'passes' : verdict.fault.code;
};

describe('the guard', () => {
  it.each(CASES)('refuses %s', async (_, given, code) => {
    expect(await codeOf(given())).toBe(code);
  });

  it('lets a good event through, with the parameters that the schema made', async () => {
    const doubled = counter({
      events: {
        twice: on(
          schemaOf((value) => Number(value) * 2),
          () => undefined,
        ),
      },
    });
    expect(await guard(input('twice', doubled, 21))).toMatchObject({ ok: true, params: 42 });
  });

  it.each(EVENT_STAGES.map(({ name }) => name))(
    'needs its stage %s: without it a case gets through, or fails for another reason',
    async (name) => {
      const rest = EVENT_STAGES.filter((stage) => stage.name !== name);
      const codes = await Promise.all(CASES.map(([, given]) => codeOf(given(), rest)));
      expect(codes.some((code, at) => code !== CASES[at]?.[2])).toBe(true);
    },
  );

  it('does not ask allow when the parameters are no good', async () => {
    const allow = vi.fn(() => true);
    await guard(input('save', counter({ events: { save: on(strict, () => undefined, { allow }) } }), {}));
    expect(allow).not.toHaveBeenCalled();
  });

  it('refuses when a stage of somebody else throws', async () => {
    const broken: Stage = {
      name: 'broken',
      check: () => {
        throw new Error('secret');
      },
    };
    expect(await codeOf(input('save'), [...EVENT_STAGES, broken])).toBe('event/denied');
  });

  it('refuses even without any stage what it has no event for', async () => {
    expect(await codeOf(input('save'), [])).toBe('event/unknown');
  });

  it('gives up after 30 s', async () => {
    const clock = new FakeClock();
    const never = counter({ authorize: () => new Promise(() => {}) });
    const verdict = guardInTime(clock, () => input('add', never));
    await clock.advance(30_000);
    expect(await verdict).toMatchObject({ ok: false, fault: { code: 'event/timeout' } });
  });
});
