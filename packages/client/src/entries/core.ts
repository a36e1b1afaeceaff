import { claim } from './guard.ts';

claim({ features: [] });
