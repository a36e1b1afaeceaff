import {
  createServer,
  defineView,
  html,
  memoryStore,
  type SessionRecord,
  type StateStore,
  silentLogger,
} from '@djust/server';
import { createRandom } from '../random.ts';
import { stateOf } from './states.ts';

/** What is stored of a table when its rows are in the state, and when the view declares them as derived. */
export interface DerivedRow {
  readonly rows: number;
  readonly storedBytes: number;
  readonly derivedBytes: number;
}

interface Table {
  filter: string;
  rows: readonly unknown[];
}

export async function measureDerived(counts: readonly number[], seed: number): Promise<DerivedRow[]> {
  const measured: DerivedRow[] = [];
  for (const count of counts) {
    const rows = (stateOf(count * 200, createRandom(seed)).rows as unknown[]).slice(0, count);
    const [storedBytes, derivedBytes] = [await recordBytes(rows, false), await recordBytes(rows, true)];
    measured.push({ rows: rows.length, storedBytes, derivedBytes });
  }
  return measured;
}

/** How long the record is that a server writes for such a page. */
async function recordBytes(rows: readonly unknown[], isDerived: boolean): Promise<number> {
  let bytes = 0;
  const store = memoryStore({ log: silentLogger });
  const commit: StateStore['commit'] = (id, record: SessionRecord, token) => {
    bytes = JSON.stringify(record).length;
    return store.commit(id, record, token);
  };
  const view = defineView<Table>({
    name: 'bench.table',
    state: { filter: 'open', rows: isDerived ? [] : rows },
    ...(isDerived && { derived: { rows: { from: ['filter'], load: () => rows } } }),
    render: ({ rows: shown }) => html`<p>${shown.length}</p>`,
  });
  const server = createServer({
    pages: { '/': view },
    store: { ...store, commit },
    log: silentLogger,
    isDevelopment: false,
  });
  const response = await server.fetch(new Request('http://site.example/'));
  if (!(await response?.text())?.includes(`<p dj-id="1">${rows.length}</p>`))
    throw new Error('the page does not show its rows');
  server.close();
  return bytes;
}
