import type { Machine } from '../report/report.ts';

/** reports/sw.json, when every part has been measured. */
export interface SwReport {
  readonly machine: Machine;
  readonly seed: number;
  readonly fcpP50Ms: number;
  readonly mainP50Ms: number;
  readonly requestsPerNavigation: { readonly running: number; readonly stopped: number };
  readonly byState: Record<'none' | 'running' | 'stopped', { readonly fcpP50Ms: number; readonly mainP50Ms: number }>;
  readonly faultMatrix: Record<'cases' | 'mismatches' | 'maxRequests' | 'loops', number>;
  readonly canarySchedules: number;
  readonly canaryBytes: number;
  readonly controlCanaryBytes: number;
  readonly prefetch: Record<'trials' | 'requestsPerPage' | 'mainP50Ms' | 'hazardPrefetches', number>;
  readonly outbox: Record<'events' | 'lost' | 'duplicated' | 'reordered' | 'controlLost', number>;
  readonly back: Record<'paintP50Ms' | 'fromWorkerP50Ms' | 'offP50Ms' | 'serverAtOnceP50Ms', number>;
  readonly updates: Record<'lostInput' | 'lostEvents' | 'maxReloadsPerTab', number>;
}

/** One of each part. */
export const FIELDS: readonly (keyof SwReport)[] = [
  'byState',
  'faultMatrix',
  'canarySchedules',
  'prefetch',
  'outbox',
  'back',
  'updates',
];

const ms = (value: number): string => `${Math.round(value)} ms`;

/** The figures of docs/service-worker.md. */
export function tablesOf(report: SwReport): string {
  const { byState, faultMatrix, prefetch, outbox, back, updates } = report;
  const { none } = byState;
  const { running, stopped } = report.requestsPerNavigation;
  const rows: readonly (readonly [what: string, on: string, off?: string])[] = [
    ['click to first paint, median', ms(report.fcpP50Ms), ms(none.fcpP50Ms)],
    ['click to the page’s own text, median', ms(report.mainP50Ms), ms(none.mainP50Ms)],
    ['the same with the worker stopped', ms(byState.stopped.mainP50Ms)],
    ['requests for each navigation, worker running, stopped', `${running}, ${stopped}`, '1'],
    [`${faultMatrix.cases} faults of a server: shown otherwise than without a worker`, `${faultMatrix.mismatches}`],
    ['the same: most requests for one navigation, loops', `${faultMatrix.maxRequests}, ${faultMatrix.loops}`],
    [
      `two users, ${report.canarySchedules} orders of sign-in, sign-out, expiry, deploy, tabs, dead workers: bytes of the first found by the second`,
      `${report.canaryBytes}`,
      `${report.controlCanaryBytes} in one order, with a server that does not tell of the change`,
    ],
    [`hover, then click: requests for each of ${prefetch.trials} pages, most`, `${prefetch.requestsPerPage}`],
    ['hover for 200 ms, then click: the page’s own text, median', ms(prefetch.mainP50Ms)],
    ['links of 30 that do something and were read ahead', `${prefetch.hazardPrefetches}`],
    ['way back, in a browser as users have it: a page that can be used, median', ms(back.paintP50Ms)],
    [
      'way back, the browser’s own cache of living pages switched off: the page’s own text, median',
      ms(back.fromWorkerP50Ms),
      `${ms(back.offP50Ms)}; ${ms(back.serverAtOnceP50Ms)} from a server that answers at once`,
    ],
    [
      `${outbox.events.toLocaleString('en')} events through closed tabs, dead workers, a bad wire: lost, twice, out of order`,
      `${outbox.lost}, ${outbox.duplicated}, ${outbox.reordered}`,
      `${outbox.controlLost} of 50 lost`,
    ],
    [
      'two versions, three tabs: text lost, events lost, reloads for each tab',
      `${updates.lostInput}, ${updates.lostEvents}, ${updates.maxReloadsPerTab}`,
    ],
  ];
  const { machine, seed } = report;
  return [
    `Seed ${seed}; ${machine.cpu}, ${machine.cores} cores, Chromium ${machine.chromium}.`,
    '',
    '| | with the feature | without |',
    '|---|---|---|',
    ...rows.map(([what, on, off = '']) => `| ${what} | ${on} | ${off} |`),
  ].join('\n');
}
