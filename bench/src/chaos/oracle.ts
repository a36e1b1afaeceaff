/** What a schedule did, as seen from outside. */
export interface Observed {
  /** Names of the events in the order in which they were made; those of one tab begin with the same word. */
  readonly made: readonly string[];
  /** By name: how each ended, as the page was told; several when it was told several times. */
  readonly told: ReadonlyMap<string, readonly string[]>;
  /** What each session of the site has done, in its order. */
  readonly sessions: readonly (readonly string[])[];
  /** What the page shows in the end, and what its session has done. */
  readonly shown: readonly string[];
}

export interface Verdict {
  /** Never done, and nobody was told. */
  readonly lost: number;
  readonly duplicated: number;
  /** Done before an event of the same tab that was made earlier. */
  readonly reordered: number;
  /** The page ends without showing what a session of the site has done. */
  readonly divergedDom: number;
  /** Its end was never told, whatever it was. */
  readonly silent: number;
  /** The user was told that it was not done, and it was not. */
  readonly rejected: number;
  /** The user was told that it was not done, and it was. */
  readonly wronglyRejected: number;
}

/** Which events are missing, for whoever has to find out why. */
export function missing({ made, told, sessions }: Observed): { lost: string[]; silent: string[] } {
  const done = new Set(sessions.flat());
  return { lost: made.filter((name) => !done.has(name)), silent: made.filter((name) => !told.has(name)) };
}

/** Judges a schedule. Knows nothing of how any of it works. */
export function judge({ made, told, sessions, shown }: Observed): Verdict {
  const done = sessions.flat();
  const doneOnce = new Set(done);
  const isRejected = (name: string): boolean => !!told.get(name)?.some((end) => end.startsWith('rejected'));
  const missing = made.filter((name) => !doneOnce.has(name));
  let reordered = 0;
  const place = new Map(made.map((name, at) => [name, at]));
  for (const session of sessions) {
    const last = new Map<string, number>();
    for (const name of session) {
      const tab = name.split('-')[0] as string;
      const at = place.get(name) ?? -1;
      if (at < (last.get(tab) ?? -1)) reordered++;
      last.set(tab, Math.max(at, last.get(tab) ?? -1));
    }
  }
  return {
    lost: missing.filter((name) => !isRejected(name)).length,
    duplicated: done.length - doneOnce.size,
    reordered,
    divergedDom: sessions.some((session) => session.join() === shown.join()) || shown.length === 0 ? 0 : 1,
    silent: made.filter((name) => !told.has(name)).length,
    rejected: missing.filter(isRejected).length,
    wronglyRejected: made.filter((name) => doneOnce.has(name) && isRejected(name)).length,
  };
}

/** The sum of all schedules. */
export function sumOf(verdicts: readonly Verdict[]): Verdict {
  const sum = (field: keyof Verdict): number => verdicts.reduce((total, verdict) => total + verdict[field], 0);
  return {
    lost: sum('lost'),
    duplicated: sum('duplicated'),
    reordered: sum('reordered'),
    divergedDom: sum('divergedDom'),
    silent: sum('silent'),
    rejected: sum('rejected'),
    wronglyRejected: sum('wronglyRejected'),
  };
}
