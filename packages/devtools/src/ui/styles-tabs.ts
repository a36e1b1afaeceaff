/** Facets, forms, bars of the waterfall, the tree of the state, the treemap: loaded with the first tab. */
export const TAB_STYLES = `
.panel .card textarea { margin-top: 8px; }
.facets { flex-wrap: wrap; gap: 3px 14px; min-height: 0; padding-block: 3px; } .facets .group { display: inline-flex; flex-wrap: wrap; gap: 4px; } .panel .facets button.chip { min-height: 20px; padding: 0 8px; border-radius: 10px; background: var(--sunken); border-color: transparent; color: var(--ink); font-size: 11px; } .panel .facets button.chip[aria-pressed="true"] { background: var(--tint); border-color: var(--accent); color: var(--accent); } .facets b { font-weight: 600; font-variant-numeric: tabular-nums; opacity: .75; }
.field { display: grid; gap: 2px; } .panel .field input { width: 100%; min-width: 0; } .field > span { color: var(--soft); font-size: 11px; }
.fields { display: grid; grid-template-columns: repeat(auto-fill, minmax(130px, 1fr)); gap: 8px; margin: 6px 0; }
.params { max-width: 420px; display: grid; gap: 6px; margin-top: 8px; } .param { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 1px 8px; align-items: baseline; }
.param > .soft { font-size: 11px; } .param > :is(.entry, .fault) { grid-column: 1 / -1; } .param > .fault { font-size: 11px; min-height: 0; } .entry { display: flex; align-items: center; } .panel .entry > :last-child { flex: 1; min-width: 0; min-height: 26px; }
.waterfall { display: grid; grid-template-columns: max-content minmax(0, 1fr) max-content; gap: 2px 10px; align-items: center; }
.waterfall .track { position: relative; height: 14px; background: var(--sunken); border-radius: 3px; }
.waterfall .span { position: absolute; top: 2px; bottom: 2px; min-width: 2px; border-radius: 2px; background: var(--accent); }
.waterfall .span.net { background: var(--blue); } .waterfall .span.page { background: var(--violet); } .waterfall .span.paint { background: var(--paint); } .waterfall .span.wait { background: var(--soft); }
.way { display: contents; } .steps, .waterfall { --paint: color-mix(in srgb, var(--violet) 45%, var(--bg)); } .steps .wait { --f: var(--soft); } .steps .net { --f: var(--blue); } .steps .server { --f: var(--accent); } .steps .page { --f: var(--violet); } .steps .paint { --f: var(--paint); }
.waterfall .step { white-space: nowrap; } .waterfall .d1 { padding-left: 12px; } .waterfall .d2 { padding-left: 24px; } .waterfall .d3 { padding-left: 36px; }
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
.f-kept { --f: #7cc7bd; } .f-derived { --f: #8fb5e8; } .f-temporary { --f: #e3b87a; } .f-redacted { --f: #e09b93; } .f-the-rest { --f: #b8c2cc; } .f-stream { --f: #b7a6e6; } .f-draft { --f: #e6d36b; }
.legend { display: flex; flex-wrap: wrap; gap: 2px 14px; margin: 4px 0; color: var(--soft); } .legend span::before { content: ""; display: inline-block; width: 9px; height: 9px; margin-right: 5px; border-radius: 2px; background: var(--f); }
.budget { position: relative; height: 8px; border-radius: 4px; background: var(--sunken); margin: 2px 0 4px; } .budget > * { position: absolute; inset-block: 0; border-radius: 4px; } .budget .fill { background: currentColor; } .budget .limit { inset-block: -2px; width: 2px; background: var(--ink); }
.panel .keys { max-width: 980px; } .panel .keys .group { padding-top: 12px; color: var(--ink); font-weight: 600; } .panel .keys td:first-child { width: 280px; }
.panel kbd { padding: 1px 6px; border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 5px; background: var(--raised); font: 11.5px ui-monospace, Menlo, Consolas, "Liberation Mono", monospace; }
.lane { width: 100%; height: 46px; display: block; } .lane text { font: 10px system-ui, sans-serif; fill: var(--soft); }
svg.brush { height: 26px; cursor: crosshair; touch-action: none; border-bottom: 1px solid var(--line); }
.branches { font-family: ui-monospace, Menlo, Consolas, monospace; font-size: 11.5px; }
.branches li { display: flex; gap: 8px; align-items: center; min-height: 24px; } .branches .here { background: var(--tint); border-radius: 4px; }
`;
