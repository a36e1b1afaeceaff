import { defineView, html, repeat } from '@djust/server';

/** Everybody sees who rings, and how often. */
export const view = defineView({
  name: 'e2e.ticker',
  state: { rings: [] as number[] },
  mount: (ctx) => ctx.subscribe('rings'),
  events: { ring: (_, __, ctx) => ctx.broadcast('rings', {}) },
  info: { rings: ({ rings }) => ({ rings: [...rings, rings.length + 1] }) },
  render: ({ rings }) => html`
    <p><output id="count">${rings.length}</output></p>
    <label>Draft <input name="draft"></label>
    <details><summary>More</summary><p>Opened by the user.</p></details>
    <ol tabindex="0" aria-label="Rings">${repeat(
      rings,
      (ring) => ring,
      (ring) => html`<li>Ring ${ring}</li>`,
      [],
    )}</ol>`,
});
