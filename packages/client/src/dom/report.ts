import { type Fault, fail } from '@djust/protocol';

/** What a batch did. `added` and `removed` name the topmost nodes; `touched` counts every node that was written to. */
export interface PatchDone {
  ok: true;
  touched: number;
  added: Node[];
  removed: Node[];
}

/** A batch that was refused changed nothing. */
export type PatchReport = PatchDone | { ok: false; fault: Fault };

export const newReport = (): PatchDone => ({ ok: true, touched: 0, added: [], removed: [] });

export const targetMissing = (at: string, id: string): { ok: false; fault: Fault } =>
  fail('dom/target-missing', at, id);

export const badOp = (at: string, detail?: string): { ok: false; fault: Fault } => fail('dom/bad-op', at, detail);
