import { CONTROLS } from './styles-controls.ts';

/** The look of the panel. `all: initial` on an inner element keeps the page's own rules out of it. */
const FRAME = `
:host { all: initial !important; display: block !important; }
.panel {
  all: initial; position: fixed; box-sizing: border-box; display: grid; grid-template: auto minmax(0, 1fr) auto / minmax(0, 1fr); overflow: hidden; container-type: inline-size;
  color-scheme: light dark; direction: ltr;
  --bg: light-dark(#ffffff, #14191f); --raised: light-dark(#f5f7f8, #1b222a); --sunken: light-dark(#eef1f3, #0f1419);
  --ink: light-dark(#17212b, #e4eaf0); --soft: light-dark(#56636f, #9dabb8); --line: light-dark(#d9dfe4, #2b3641);
  --accent: light-dark(#0f766e, #5fd0c3); --on-accent: light-dark(#ffffff, #06231f); --tint: light-dark(#e0f2f0, #16332f);
  --good: light-dark(#16703c, #7fd8a0); --bad: light-dark(#b42318, #ff9b8f); --warn: light-dark(#8a5300, #f3c26b);
  --bad-tint: light-dark(#fdecea, #3a1c1a); --warn-tint: light-dark(#fff4d9, #36290f);
  --blue: light-dark(#1d5fa8, #84b9f5); --violet: light-dark(#6941b8, #bda4f5);
  background: var(--bg); color: var(--ink); border: 0 solid var(--line);
  box-shadow: 0 0 24px rgb(0 0 0 / 18%);
  font: 12px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Liberation Sans", sans-serif;
}
.panel[data-theme="light"] { color-scheme: light; }
.panel[data-theme="dark"] { color-scheme: dark; }
.panel[data-dock="bottom"] { inset: auto 0 0 0; height: var(--size); border-top-width: 1px; }
.panel[data-dock="top"] { inset: 0 0 auto 0; height: var(--size); border-bottom-width: 1px; }
.panel[data-dock="left"] { inset: 0 auto 0 0; width: var(--size); border-right-width: 1px; }
.panel[data-dock="right"] { inset: 0 0 0 auto; width: var(--size); border-left-width: 1px; }
.panel[data-dock="float"] {
  inset: auto; left: var(--x); top: var(--y); width: min(820px, 92vw); height: var(--size); border-width: 1px; border-radius: 10px;
}
.panel[data-dock="window"] { inset: 0; box-shadow: none; }
@media (max-width: 640px) {
  .panel:is([data-dock="left"], [data-dock="right"], [data-dock="float"]) { inset: auto 0 0 0; width: auto; height: 60vh; }
}
.panel *, .panel *::before { box-sizing: border-box; }
.panel [hidden] { display: none !important; }
.grip { position: absolute; z-index: 2; touch-action: none; background: transparent; }
.grip:focus-visible { outline: none; background: var(--accent); }
.panel:is([data-dock="bottom"], [data-dock="float"]) .grip { inset: 0 0 auto 0; height: 5px; cursor: ns-resize; }
.panel[data-dock="top"] .grip { inset: auto 0 0 0; height: 5px; cursor: ns-resize; }
.panel[data-dock="left"] .grip { inset: 0 0 0 auto; width: 5px; cursor: ew-resize; }
.panel[data-dock="right"] .grip { inset: 0 auto 0 0; width: 5px; cursor: ew-resize; }
.bar { display: flex; align-items: center; gap: 6px; min-height: 36px; padding: 0 8px; background: var(--raised); border-bottom: 1px solid var(--line); }
.brand { display: flex; align-items: center; gap: 6px; font-weight: 650; white-space: nowrap; }
.panel[data-dock="float"] .brand { cursor: move; touch-action: none; }
.dot { width: 9px; height: 9px; border-radius: 50%; background: var(--soft); flex: none; }
.dot[data-phase="live"] { background: var(--good); }
.dot:is([data-phase="waiting"], [data-phase="connecting"], [data-phase="mounting"], [data-phase="recovering"]) { background: var(--warn); }
.dot[data-phase="stopped"] { background: var(--bad); }
.tabs { display: flex; flex: 1; min-width: 0; overflow-x: auto; scrollbar-width: none; align-self: stretch; }
.panel .tabs button { border: 0; border-radius: 0; background: none; padding: 0 10px; color: var(--soft); border-bottom: 2px solid transparent; height: 36px; flex: none; }
.panel .tabs button:hover:not(:disabled) { color: var(--ink); background: var(--sunken); }
.panel .tabs button[aria-selected="true"] { color: var(--ink); border-bottom-color: var(--accent); text-shadow: .4px 0 currentColor; }
/* It changes between the press and the release of the button: the tab is what is pressed. */
.tabs .count { pointer-events: none; display: inline-block; min-width: 72px; margin-left: 5px; padding: 0 5px; border-radius: 8px; background: var(--sunken); color: var(--soft); font-size: 11px; font-weight: 500; font-variant-numeric: tabular-nums; text-shadow: none; }
.tabs .count:empty { background: none; }
.tabs .count.bad { background: var(--bad-tint); color: var(--bad); }
@container (max-width: 1000px) {
  .bar { flex-wrap: wrap; gap: 0 6px; } .brand { flex: 1; min-height: 30px; } .tabs { order: 1; flex: 1 0 100%; flex-wrap: wrap; }
  .panel .tabs button { padding: 0 7px; height: 28px; }
}
.middle { display: flex; flex-direction: column; min-height: 0; }
.body { flex: 1; min-height: 0; display: grid; grid-template: minmax(0, 1fr) / minmax(0, 1fr); overflow: hidden; }
.body > [role="tabpanel"] { min-height: 0; display: grid; grid-template: auto minmax(0, 1fr) / minmax(0, 1fr); overflow: hidden; }
.status { display: flex; gap: 14px; align-items: center; padding: 2px 10px; min-height: 24px; color: var(--soft); background: var(--raised); border-top: 1px solid var(--line); font-size: 11px; white-space: nowrap; overflow: hidden; }
.status .said { margin-left: auto; color: var(--ink); overflow: hidden; text-overflow: ellipsis; }
.banner { padding: 6px 12px; background: var(--warn-tint); color: var(--warn); display: flex; gap: 10px; align-items: center; font-weight: 600; }
`;

const LISTS = `
.toolbar { display: flex; flex-wrap: wrap; gap: 6px; align-items: center; padding: 6px 8px; border-bottom: 1px solid var(--line); }
.toolbar input[type="search"] { flex: 1; min-width: 160px; }
.toolbar .total { color: var(--soft); font-variant-numeric: tabular-nums; white-space: nowrap; }
.split { display: grid; grid-template-columns: minmax(0, 1fr) minmax(0, 1fr); min-height: 0; }
.panel:is([data-dock="left"], [data-dock="right"]) .split { grid-template-columns: none; grid-template-rows: minmax(0, 1fr) minmax(0, 1fr); }
.split > .detail { border-left: 1px solid var(--line); }
.panel:is([data-dock="left"], [data-dock="right"]) .split > .detail { border-left: 0; border-top: 1px solid var(--line); }
.list { position: relative; overflow: auto; min-height: 0; contain: strict; container-type: inline-size; height: 100%; }
.list:focus-visible { outline: 2px solid var(--accent); outline-offset: -2px; }
.rows { position: relative; }
.row { position: absolute; left: 0; right: 0; height: 26px; padding: 0 10px; display: grid; grid-auto-flow: column; gap: 10px; align-items: center; cursor: default; border-bottom: 1px solid color-mix(in srgb, var(--line) 45%, transparent); white-space: nowrap; }
.row > * { overflow: hidden; text-overflow: ellipsis; min-width: 0; }
.row:hover { background: var(--raised); }
.row[aria-selected="true"] { background: var(--tint); box-shadow: inset 3px 0 0 var(--accent); }
.row.mark { color: var(--soft); background: var(--sunken); font-size: 11px; }
.row.events { grid-template-columns: 78px 44px minmax(90px, 1.3fr) minmax(0, 1.6fr) 66px 58px; }
@container (max-width: 480px) { .row { gap: 6px; } .row.events { grid-template-columns: 74px 34px minmax(0, 1fr) 0 56px 54px; } }
.row.frames { grid-template-columns: 78px 16px minmax(80px, 130px) minmax(0, 1fr) 62px; }
.row.patches { grid-template-columns: 78px minmax(90px, 130px) 74px minmax(0, 1fr) 62px; }
.num { text-align: right; font-variant-numeric: tabular-nums; color: var(--soft); }
.mono, pre, code { font-family: ui-monospace, "SF Mono", Menlo, Consolas, "Liberation Mono", monospace; font-size: 11.5px; }
.time { color: var(--soft); font-variant-numeric: tabular-nums; font-size: 11px; }
.name { font-weight: 600; }
.soft { color: var(--soft); }
.good { color: var(--good); } .bad { color: var(--bad); } .warn { color: var(--warn); } .blue { color: var(--blue); } .violet { color: var(--violet); }
.chip { display: inline-block; padding: 0 6px; border-radius: 9px; background: var(--sunken); color: var(--soft); font-size: 11px; line-height: 17px; white-space: nowrap; }
.chip.good { background: var(--tint); color: var(--accent); } .chip.bad { background: var(--bad-tint); color: var(--bad); } .chip.warn { background: var(--warn-tint); color: var(--warn); }
.detail, .scroll { overflow: auto; padding: 10px 14px 16px; min-height: 0; }
.detail h3, .scroll h3 { font-size: 12px; margin: 14px 0 5px; font-weight: 650; }
.detail h2, .scroll h2 { font-size: 15px; margin: 0 0 6px; font-weight: 650; display: flex; gap: 8px; align-items: center; flex-wrap: wrap; }
.detail :is(h2, h3):first-child { margin-top: 0; }
.detail pre, .scroll pre { margin: 0; padding: 8px 10px; background: var(--sunken); border-radius: 6px; white-space: pre-wrap; overflow-wrap: anywhere; }
.facts { display: grid; grid-template-columns: max-content minmax(0, 1fr); gap: 2px 14px; margin: 0; }
.facts dt { color: var(--soft); } .facts dd { margin: 0; overflow-wrap: anywhere; font-variant-numeric: tabular-nums; }
.facts.line, .facts.line > div { display: flex; gap: 0 18px; flex-wrap: wrap; } .facts.line > div { gap: 6px; flex-wrap: nowrap; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 430px), 1fr)); gap: 0 28px; align-items: start; }
.empty { color: var(--soft); padding: 26px; text-align: center; align-self: center; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(230px, 1fr)); gap: 10px; align-items: start; } .cards.tight { grid-template-columns: repeat(auto-fill, minmax(195px, 1fr)); }
.card { border: 1px solid var(--line); border-radius: 8px; padding: 10px 12px; background: var(--raised); min-width: 0; }
.card h3 { margin: 0 0 6px; } .card:has(.code) { grid-column: 1 / -1; } .card .big { font-size: 20px; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.3; }
.panel table { border-collapse: collapse; width: 100%; font-size: 12px; }
.panel th { text-align: left; color: var(--soft); font-weight: 500; padding: 3px 10px 3px 0; border-bottom: 1px solid var(--line); white-space: nowrap; }
.panel td { padding: 3px 10px 3px 0; border-bottom: 1px solid color-mix(in srgb, var(--line) 45%, transparent); vertical-align: top; overflow-wrap: anywhere; }
.panel td.tight { white-space: nowrap; overflow-wrap: normal; } .panel :is(td, th).num { text-align: right; white-space: nowrap; }
ins { color: var(--good); text-decoration: none; } del { color: var(--bad); text-decoration: line-through; }
.panel p { margin: 6px 0; } .panel ul { margin: 0; padding: 0; list-style: none; }
`;

let sheet: CSSStyleSheet | undefined;
let more = '';

/** One constructed sheet for all roots: no style element, which the policy of a page might forbid. */
export function panelSheet(): CSSStyleSheet {
  if (!sheet) {
    sheet = new CSSStyleSheet();
    sheet.replaceSync(panelCss());
  }
  return sheet;
}

/** The same for the document of a window of its own. */
export const panelCss = (): string => FRAME + LISTS + CONTROLS + more;

/** Adds what came later; the same again is nothing. */
export function addStyles(css: string): void {
  if (more === css) return;
  more = css;
  panelSheet().replaceSync(panelCss());
}
