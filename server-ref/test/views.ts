import { defineView, on, type View, type ViewSpec } from '../src/view/define-view.ts';
import { html, repeat, type TemplateResult } from '../src/view/html.ts';
import type { StandardSchema } from '../src/view/standard-schema.ts';

/** A Standard Schema from a function that answers the value or throws. */
export function schemaOf<T>(parse: (value: unknown) => T): StandardSchema<unknown, T> {
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      validate: (value) => {
        try {
          return { value: parse(value) };
        } catch (error) {
          return { issues: [{ message: (error as Error).message, path: ['by'] }] };
        }
      },
    },
  };
}

export interface Counter {
  count: number;
  names: readonly string[];
}

const by = schemaOf((value): { by: number } => {
  const { by } = value as { by?: unknown };
  if (typeof by !== 'number') throw new TypeError('a number is required');
  return { by };
});

const shown = ({ count, names }: Readonly<Counter>): TemplateResult => html`
  <p class="n-${count}">Count: ${count}</p>
  <ul>${repeat(
    names,
    (name) => name,
    (name) => html`<li>${name}</li>`,
  )}</ul>
  ${count > 2 ? html`<b>many</b>` : ''}
`;

/** The view most tests use: a number and a list. */
export function counter(spec: Partial<ViewSpec<Counter>> = {}): View<Counter> {
  return defineView<Counter>({
    name: 'test.view',
    state: { count: 0, names: [] },
    render: shown,
    ...spec,
    events: {
      add: (state) => ({ count: state.count + 1 }),
      add_by: on(by, (state, params) => ({ count: state.count + params.by })),
      name: on(
        schemaOf((value) => String((value as { name?: unknown }).name)),
        (state, name) => ({ names: [...state.names, name] }),
      ),
      same: () => undefined,
      ...spec.events,
    },
  });
}
