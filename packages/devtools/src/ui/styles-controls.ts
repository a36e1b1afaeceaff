/** Buttons, fields, what stands beside the panel. What only tabs have is in `styles-tabs.ts`. */
export const CONTROLS = `
.panel button, .panel select, .panel input, .panel textarea { font: inherit; color: inherit; }
.panel button, .panel select { background: var(--raised); border: 1px solid var(--line); border-radius: 6px; padding: 2px 9px; min-height: 24px; cursor: pointer; }
.panel select { padding: 1px 4px; }
.panel button:hover:not(:disabled) { border-color: var(--soft); }
.panel button:disabled { opacity: .55; cursor: default; }
.panel button.primary { background: var(--accent); border-color: var(--accent); color: var(--on-accent); font-weight: 600; }
.panel button.plain { border-color: transparent; background: none; padding: 2px 6px; }
.panel button.link { all: unset; cursor: pointer; color: var(--accent); text-decoration: underline; text-underline-offset: 2px; }
.panel button[aria-pressed="true"] { background: var(--tint); border-color: var(--accent); color: var(--accent); }
.panel :is(button, select, input, textarea, summary, a, [tabindex]):focus-visible { outline: 2px solid var(--accent); outline-offset: 1px; }
.panel input:not([type="checkbox"], [type="range"]), .panel textarea { background: var(--bg); border: 1px solid var(--line); border-radius: 6px; padding: 2px 8px; min-height: 24px; }
.panel input[aria-invalid="true"], .panel textarea[aria-invalid="true"] { border-color: var(--bad); }
.panel textarea { width: 100%; min-height: 76px; resize: vertical; font-family: ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; font-size: 11.5px; }
.panel input[type="checkbox"] { accent-color: var(--accent); margin: 0 6px 0 0; vertical-align: -2px; }
.actions { display: flex; flex-wrap: wrap; gap: 6px; margin: 8px 0; align-items: center; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.fault { color: var(--bad); min-height: 1.5em; }
.note { border-left: 3px solid var(--line); padding: 3px 10px; margin: 5px 0; }
.note.warn { border-color: var(--warn); color: inherit; } .note.bad { border-color: var(--bad); color: inherit; } .note b { font-weight: 650; }
.panel input[type="range"] { accent-color: var(--accent); width: 100%; }
.panel pre.code { white-space: pre; overflow-x: auto; } .code .here { display: block; background: var(--tint); font-weight: 600; } [role="dialog"] .code .here { background: var(--bad-tint); color: var(--bad); } .panel a { color: var(--accent); }
.trigger { all: initial; position: fixed; right: 14px; bottom: 14px; display: flex; gap: 7px; align-items: center; padding: 5px 11px; border-radius: 16px; cursor: pointer; touch-action: none;
  color-scheme: light dark; background: light-dark(#ffffff, #1b222a); color: light-dark(#17212b, #e4eaf0); border: 1px solid light-dark(#8593a0, #4a5866); box-shadow: 0 1px 8px rgb(0 0 0 / 22%);
  font: 600 12px/1.4 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif; --soft: #8593a0; --good: #1a9f56; --warn: #d08b00; --bad: #d23c2c; }
.trigger[data-y="top"] { inset-block: 14px auto; } .trigger[data-y="middle"] { inset-block: 50% auto; } .trigger[data-x="left"] { inset-inline: 14px auto; } .trigger[data-x="center"] { inset-inline: 50% auto; translate: -50%; }
.trigger:focus-visible { outline: 3px solid #0f9488; outline-offset: 2px; }
.toast { z-index: 3; inset: auto calc(var(--dj-inset-right, 0px) + 14px) calc(var(--dj-inset-bottom, 0px) + 56px) auto; max-width: calc(100vw - 28px); }
.toast button { all: unset; cursor: pointer; text-decoration: underline; text-underline-offset: 2px; } .toast button:focus-visible { outline: 2px solid #0f9488; outline-offset: 2px; }
.trigger .n { font-variant-numeric: tabular-nums; font-weight: 500; }
.trigger .bad { color: light-dark(#b42318, #ff9b8f); } .trigger .warn { color: light-dark(#8a5300, #f3c26b); }
`;
