// biome-ignore assist/source/organizeImports: in this order the modules compress better
import type { Way } from '../lib/way.ts';
import { socketUrl, webSocketTransport } from '../transport/websocket.ts';
import { durable, isKept } from '../features/durable.ts';
import type { Feature } from '../context.ts';
import { readConfig } from '../config.ts';
import { notices } from '../features/notices.ts';
import { morphContent } from '../dom/morph.ts';
import { baseParams } from '../features/base-params.ts';
import { pageSwap } from '../features/page-swap.ts';
import { paced } from '../transport/paced.ts';
import { DurableRunner } from '../session/durable.ts';
import { FieldClocks } from '../dom/field-clocks.ts';
import { loading } from '../features/loading.ts';
import { applyPatches } from '../dom/apply.ts';
import { browserClock } from '../lib/clock.ts';
import { model } from '../features/model.ts';
import { RowBuilder } from '../dom/rows.ts';
import type { ClientParts } from '../client.ts';

let runner: DurableRunner | undefined;

/** All that a page needs, but for what add-ons bring. */
export function clientParts(more: readonly Feature[]): ClientParts {
  const { socketPath } = readConfig({}, document);
  const way: Way = { name: 'way', ...webSocketTransport(() => socketUrl(socketPath, location.href)) };
  return {
    session: (options) => {
      runner = new DurableRunner(options, isKept());
      return runner;
    },
    transport: paced(way, browserClock),
    applyPatches: (patches, dom) => applyPatches(way.read?.(patches) ?? patches, dom),
    mergeHtml: morphContent,
    rows: () => new RowBuilder(),
    fields: (root, signal) => new FieldClocks(root, signal),
    features: [way, durable(() => runner), baseParams, loading, model, notices, pageSwap, ...more],
  };
}
