import { applyPatches } from '../dom/apply.ts';
import { FieldClocks } from '../dom/field-clocks.ts';
import { morphContent } from '../dom/morph.ts';
import { loading } from '../features/loading.ts';
import { model } from '../features/model.ts';
import { notices } from '../features/notices.ts';
import { reorder } from '../features/reorder.ts';
import { claim } from './guard.ts';

claim({
  applyPatches,
  mergeHtml: morphContent,
  fields: (root, signal) => new FieldClocks(root, signal),
  features: [loading, model, notices, reorder],
});
