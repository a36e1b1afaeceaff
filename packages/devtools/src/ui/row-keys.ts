/** What can be done by key with the row that has the focus; chosen and kept like the keys of the panel. */
export const ROW_ACTIONS = {
  copyPath: { key: 'c', text: 'State: copy the path of the field' },
  copyJson: { key: 'Shift+C', text: 'State: copy the field as JSON' },
} as const;

export type RowAction = keyof typeof ROW_ACTIONS;
