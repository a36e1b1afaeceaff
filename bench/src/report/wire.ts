import { deflateRawSync } from 'node:zlib';
import type { Candidate } from '../candidates.ts';
import type { Fixture } from '../server/fixture.ts';
import { median } from '../stats.ts';
import { applyChange } from '../workloads/changes.ts';
import type { Items } from '../workloads/items.ts';
import { plainHtml } from '../workloads/plain-html.ts';
import { tell, type Workload } from '../workloads/workloads.ts';

export interface WireSize {
  readonly wireBytes: number | null;
  readonly wireBytesGzip: number | null;
}

/** The first messages of a workload stand for all; every candidate has at least so many. */
const SAMPLE = 4;

/** What LiveView writes around a diff that it pushes. */
const liveviewPush = (diff: string): string => `["4",null,"lv:phx-GDx0000000000001","diff",${diff}]`;

/** Bytes on the wire by candidate: the median of the same few changes for all of them. */
export function wireSizes(workload: Workload, seed: number, fixture: Fixture): (candidate: Candidate) => WireSize {
  const djust = sizeOf(fixture.djust.frames.slice(0, SAMPLE));
  const liveview = sizeOf(fixture.liveview.diffs.slice(0, SAMPLE).map(liveviewPush));
  const html = sizeOf(htmls(workload, seed));
  return (candidate) => {
    if (candidate === 'djust') return djust;
    if (candidate === 'phoenix_live_view') return liveview;
    if (candidate === 'morphdom' || candidate === 'idiomorph' || candidate === 'innerHTML') return html;
    return { wireBytes: null, wireBytesGzip: null };
  };
}

function htmls(workload: Workload, seed: number): string[] {
  const { initial, changes } = tell(workload, seed);
  let items: Items = initial;
  return changes.slice(0, SAMPLE).map((change) => {
    items = applyChange(items, change);
    return plainHtml(workload.kind, items);
  });
}

function sizeOf(texts: readonly string[]): WireSize {
  return {
    wireBytes: Math.round(median(texts.map((text) => Buffer.byteLength(text)))),
    wireBytesGzip: Math.round(median(texts.map((text) => deflateRawSync(text, { level: 6 }).length))),
  };
}
