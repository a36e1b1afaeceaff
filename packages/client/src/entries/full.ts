import { loading } from '../features/loading.ts';
import { model } from '../features/model.ts';
import { notices } from '../features/notices.ts';
import { reorder } from '../features/reorder.ts';
import { claim } from './guard.ts';

claim({ features: [loading, model, notices, reorder] });
