/** Keys of a list that has the focus, as long as nobody chose others. Two for each step: one for the arrows, one for the letters. */
export const LIST_KEYS = { nextRow: 'j', previousRow: 'k', rowBelow: 'ArrowDown', rowAbove: 'ArrowUp' } as const;

/** What can be done with the row of the state that has the focus; chosen and kept like the keys of the panel. */
export const STATE_KEYS = { copyPath: 'c', copyJson: 'Shift+C' } as const;
