import { describe, expect, it } from 'vitest';
import { planFor } from './plan.ts';

describe('planFor', () => {
  it('takes many quick messages, half of them at most with layout', () => {
    expect(planFor({ script: 2, layout: 100 }, 300, 1)).toEqual({ layout: 50, script: 150, samples: 1 });
    expect(planFor({ script: 2, layout: 20 }, 60, 3)).toEqual({ layout: 10, script: 10, samples: 3 });
  });

  it('lets one long message give both figures', () => {
    expect(planFor({ script: 6_000, layout: 20_000 }, 300, 1)).toEqual({ layout: 1, script: 0, samples: 1 });
    expect(planFor({ script: 6_000, layout: 20_000 }, 4, 3)).toEqual({ layout: 1, script: 0, samples: 3 });
  });

  it('repeats the script alone where only layout takes long', () => {
    expect(planFor({ script: 10, layout: 20_000 }, 100, 1)).toEqual({ layout: 1, script: 99, samples: 1 });
  });
});
