import { type JsonObject, type ParamSchema, paramFault } from '@djust/protocol';
import * as v from 'valibot';
import { describe, expect, it } from 'vitest';
import { adopted } from '../../test/sessions.ts';
import { on } from '../view/define-view.ts';
import type { StandardSchema } from '../view/standard-schema.ts';
import { describeParams, fromJsonSchema } from './param-schema.ts';

const Order = v.object({
  by: v.pipe(v.number(), v.integer(), v.minValue(-10), v.maxValue(10)),
  size: v.picklist(['small', 'large']),
  name: v.pipe(v.string(), v.trim(), v.minLength(2), v.maxLength(5)),
  code: v.optional(v.pipe(v.string(), v.regex(/^[a-z]+$/))),
  note: v.nullable(v.string()),
  tags: v.pipe(v.array(v.string()), v.maxLength(2)),
  either: v.union([v.boolean(), v.number()]),
  inner: v.strictObject({ deep: v.literal(3) }),
});

const GOOD: JsonObject = {
  by: 3,
  size: 'small',
  name: ' ada ',
  note: null,
  tags: ['a'],
  either: true,
  inner: { deep: 3 },
};

/** What differs from the good ones, and where both ends have to refuse it. */
const TABLE: readonly [change: JsonObject, at: string | undefined][] = [
  [{}, undefined],
  [{ by: -10 }, undefined],
  [{ by: 10.5 }, '/by'],
  [{ by: 11 }, '/by'],
  [{ by: '3' }, '/by'],
  [{ by: null }, '/by'],
  [{ size: 'huge' }, '/size'],
  [{ size: 3 }, '/size'],
  [{ name: ' a ' }, '/name'],
  [{ name: 'too long' }, '/name'],
  [{ name: [] }, '/name'],
  [{ code: 'abc' }, undefined],
  [{ code: 'Abc' }, '/code'],
  [{ note: 'yes' }, undefined],
  [{ note: false }, '/note'],
  [{ tags: 'a' }, '/tags'],
  [{ tags: ['a', 3] }, '/tags/1'],
  [{ tags: ['a', 'b', 'c'] }, '/tags'],
  [{ either: 7 }, undefined],
  [{ either: 'x' }, '/either'],
  [{ inner: {} }, '/inner/deep'],
  [{ inner: { deep: 3, more: 1 } }, '/inner/more'],
  [{ inner: null }, '/inner'],
  [{ unknown: 'is left out' }, undefined],
];

describe('parameters', () => {
  it('are refused by the form, by the check of the panel and by a true event alike', async () => {
    const taken: JsonObject[] = [];
    const events = { order: on(Order, (_: unknown, params) => void taken.push(params as unknown as JsonObject)) };
    const { client } = await adopted({ events }, { isDevelopment: true });
    const ask = async (frame: JsonObject): Promise<JsonObject> => {
      const frames = (await client.send({ ...frame, id: 7 } as never)) as unknown as JsonObject[];
      return frames.find(({ id }) => id === 7) ?? {};
    };
    const { handlers } = await ask({ type: 'dev:subscribe' });
    const all = handlers as unknown as { name: string; schema: ParamSchema }[];
    const schema = all.find(({ name }) => name === 'order')?.schema;
    expect(JSON.stringify(schema)).not.toContain('isPartial');
    for (const [ref, [change, at]] of TABLE.entries()) {
      const params = { ...GOOD, ...change };
      const form = schema && paramFault(schema, params);
      const { fault } = await ask({ type: 'dev:check', event: 'order', params });
      const before = taken.length;
      const frames = (await client.event('order', params, ref + 1)) as unknown as JsonObject[];
      const error = frames.find(({ type }) => type === 'error');
      expect([form?.at, taken.length - before, error?.code], JSON.stringify(change)).toEqual(
        at === undefined ? [undefined, 1, undefined] : [at, 0, 'event/params'],
      );
      expect(fault).toBe(form && `event/params /params${form.at} ${form.says}`);
      if (at !== undefined) expect(error?.at).toBe(`/params${at}`);
    }
    expect(TABLE.filter(([, at]) => at !== undefined).length).toBeGreaterThan(10);
  });

  it.each(Object.keys(GOOD))('are refused alike without %s', (key) => {
    const { [key]: _left, ...params } = GOOD;
    const described = describeParams(Order) as ParamSchema;
    expect(paramFault(described, params)).toEqual({ at: `/${key}`, says: expect.any(String) });
    expect(v.safeParse(Order, params).issues?.[0]?.path?.map(({ key: step }) => step)).toEqual([key]);
  });

  it('say so when only the server can check all of it', () => {
    const Even = v.object({
      n: v.pipe(
        v.number(),
        v.check((value) => value % 2 === 0, 'even ones alone'),
        v.minValue(4),
      ),
    });
    expect(describeParams(Even)?.properties?.n).toEqual({ type: 'number', isPartial: true });
    const Late = v.pipe(v.string(), v.minLength(2), v.trim());
    expect(describeParams(Late)).toEqual({ type: 'string', minLength: 2, isPartial: true });
  });

  it('are read of any library that tells JSON Schema, as far as the panel knows it', () => {
    const json = {
      $schema: 'https://json-schema.org/draft/2020-12/schema',
      type: 'object',
      properties: {
        age: { type: ['integer', 'null'], minimum: 0, exclusiveMaximum: 130 },
        mail: { type: 'string', format: 'email' },
        kind: { const: 'x' },
        one: { oneOf: [{ type: 'string' }, { type: 'boolean' }] },
      },
      required: ['mail'],
      additionalProperties: false,
    };
    const schema = {
      '~standard': { version: 1, vendor: 'any', validate: () => ({ value: {} }), jsonSchema: { input: () => json } },
    };
    expect(describeParams(schema as StandardSchema)).toEqual({
      type: 'object',
      properties: {
        age: {
          anyOf: [
            { type: 'integer', minimum: 0, exclusiveMaximum: 130 },
            { type: 'null', minimum: 0, exclusiveMaximum: 130 },
          ],
        },
        mail: { type: 'string', isPartial: true },
        kind: { enum: ['x'] },
        one: { anyOf: [{ type: 'string' }, { type: 'boolean' }], isPartial: true },
      },
      required: ['mail'],
      additionalProperties: false,
    });
  });

  it('are left alone when the schema says nothing, throws, or says too much', () => {
    const standard = (more: object): StandardSchema =>
      ({ '~standard': { version: 1, vendor: 'any', validate: () => ({ value: {} }), ...more } }) as StandardSchema;
    const throwing = (): never => {
      throw new Error('not as JSON Schema');
    };
    expect(describeParams(standard({}))).toBeUndefined();
    expect(describeParams(standard({ jsonSchema: { input: throwing } }))).toBeUndefined();
    const huge = { enum: Array.from({ length: 2_000 }, (_, at) => `choice ${at}`) };
    expect(describeParams(standard({ jsonSchema: { input: () => huge } }))).toBeUndefined();
  });

  it('end somewhere, however deep they go', () => {
    let deep: Record<string, unknown> = { type: 'string' };
    for (let at = 0; at < 50; at++) deep = { type: 'array', items: deep };
    const read = fromJsonSchema(deep);
    expect(JSON.stringify(read)).toContain('isPartial');
    expect(JSON.stringify(read).length).toBeLessThan(500);
  });
});
