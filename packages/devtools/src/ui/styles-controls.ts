/** Buttons, fields, bars of the waterfall, the tree of the state, the treemap. */
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
.panel .card textarea { margin-top: 8px; }
.actions { display: flex; flex-wrap: wrap; gap: 6px; margin: 8px 0; align-items: center; }
.field { display: grid; gap: 2px; } .panel .field input { width: 100%; min-width: 0; } .field > span { color: var(--soft); font-size: 11px; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(130px, 1fr)); gap: 8px; margin: 6px 0; }
.params { display: grid; gap: 6px; margin-top: 8px; } .param { display: grid; grid-template-columns: minmax(60px, max-content) minmax(0, 1fr); gap: 1px 8px; align-items: baseline; }
.param > .soft { font-size: 11px; } .param > :is(.entry, .fault) { grid-column: 1 / -1; } .param > .fault { font-size: 11px; min-height: 0; } .entry { display: flex; align-items: center; } .panel .entry > :last-child { flex: 1; min-width: 0; min-height: 26px; }
.sr { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.fault { color: var(--bad); min-height: 1.5em; }
.waterfall { display: grid; grid-template-columns: max-content minmax(0, 1fr) max-content; gap: 2px 10px; align-items: center; }
.waterfall .track { position: relative; height: 14px; background: var(--sunken); border-radius: 3px; }
.waterfall .span { position: absolute; top: 2px; bottom: 2px; min-width: 2px; border-radius: 2px; background: var(--accent); }
.waterfall .span.net { background: var(--blue); } .waterfall .span.page { background: var(--violet); } .waterfall .span.wait { background: var(--soft); }
.waterfall .step { white-space: nowrap; } .waterfall .d1 { padding-left: 12px; } .waterfall .d2 { padding-left: 24px; } .waterfall .d3 { padding-left: 36px; }
.note { border-left: 3px solid var(--line); padding: 3px 10px; margin: 5px 0; }
.note.warn { border-color: var(--warn); color: inherit; } .note.bad { border-color: var(--bad); color: inherit; } .note b { font-weight: 650; }
.tree { font-family: ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; font-size: 11.5px; }
.tree details > div { padding-left: 16px; border-left: 1px solid var(--line); margin-left: 5px; }
.tree summary { cursor: pointer; list-style: none; padding: 1px 0; } .tree summary::before { content: "▸ "; color: var(--soft); } .tree details[open] > summary::before { content: "▾ "; }
.tree .leaf { padding: 1px 0 1px 13px; overflow-wrap: anywhere; } .tree .k { color: var(--violet); } .tree .v-string { color: var(--good); } .tree .v-number { color: var(--blue); } .tree .v-boolean, .tree .v-null { color: var(--warn); }
.acts { display: inline-flex; gap: 9px; margin-left: 9px; opacity: 0; } .leaf:is(:hover, :focus-within) > .acts, .leaf > .acts:first-child { opacity: 1; } @media (hover: none) { .acts { opacity: 1; } }
.panel .leaf button.link { color: var(--soft); } .panel .leaf button.link:hover { color: var(--accent); }
.tree .size { color: var(--soft); font-size: 10.5px; margin-left: 8px; }
.treemap { width: 100%; height: 110px; display: block; }
.treemap g { cursor: pointer; } .treemap rect { fill: var(--f); stroke: var(--bg); stroke-width: 1.5; } .treemap g:focus-visible { outline: none; } .treemap g:focus-visible rect { stroke: var(--ink); stroke-width: 2.5; }
.treemap text { font: 11px system-ui, sans-serif; fill: #10201e; pointer-events: none; }
.f-kept { --f: #7cc7bd; } .f-derived { --f: #8fb5e8; } .f-temporary { --f: #e3b87a; } .f-redacted { --f: #e09b93; } .f-the-rest { --f: #b8c2cc; }
.legend { display: flex; gap: 14px; margin: 4px 0; color: var(--soft); } .legend span::before { content: ""; display: inline-block; width: 9px; height: 9px; margin-right: 5px; border-radius: 2px; background: var(--f); }
.budget { position: relative; height: 8px; border-radius: 4px; background: var(--sunken); margin: 2px 0 4px; } .budget > * { position: absolute; inset-block: 0; border-radius: 4px; } .budget .fill { background: currentColor; } .budget .limit { inset-block: -2px; width: 2px; background: var(--ink); }
.lane { width: 100%; height: 46px; display: block; } .lane text { font: 10px system-ui, sans-serif; fill: var(--soft); }
svg.brush { height: 26px; cursor: crosshair; touch-action: none; border-bottom: 1px solid var(--line); }
.branches { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 11.5px; }
.branches li { display: flex; gap: 8px; align-items: center; min-height: 24px; } .branches .here { background: var(--tint); border-radius: 4px; }
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
