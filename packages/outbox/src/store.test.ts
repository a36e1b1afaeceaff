import { describe } from 'vitest';
import { storeContract } from '../test/store.contract.ts';
import { memoryStore } from './store.ts';

describe('in memory', () => storeContract(memoryStore));
