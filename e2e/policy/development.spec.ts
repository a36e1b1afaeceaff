import { test } from '../support/test.ts';
import { useAll } from './use-all.ts';

test.use({ flavour: 'development' });

test('the development client keeps to the policy too @firefox', ({ page }) => useAll(page));
