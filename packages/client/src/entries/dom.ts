/** What else can change the document, for `createClient({ applyPatches, mergeHtml })`. @see docs/adr/0005 */
export { type ApplyPatches, applyPatches } from '../dom/apply.ts';
export { FieldClocks } from '../dom/field-clocks.ts';
export type { FieldPolicy, RowSource } from '../dom/live-dom.ts';
export { morphContent as mergeHtml } from '../dom/morph.ts';
export type { MergeHtml } from '../dom/replace.ts';
export { RowBuilder } from '../dom/rows.ts';
