import type { PanelContext, TabView } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { clockTime } from '../ui/format.ts';

interface Finding {
  readonly rule: string;
  readonly says: string;
  readonly element: Element;
}

interface AxeResult {
  violations: { id: string; impact: string | null; help: string; nodes: { target: unknown[] }[] }[];
}

const MOST_SAID = 50;

/** What patches do to people who do not see them: focus that is lost, regions that speak too often, names that are missing. */
export function a11y(context: PanelContext): TabView {
  const log = new LiveLog(context);
  const findings = h('div');
  const said = h('div');
  const run = button('Check the page', () => void check());
  const element = h(
    'div',
    {},
    h('div.toolbar', {}, run, h('span.total', {}, 'axe-core is used where the page has it.')),
    h(
      'div.scroll',
      { tabindex: 0, role: 'region', 'aria-label': 'Accessibility' },
      h('h3', {}, 'Found'),
      findings,
      h('h3', {}, 'Said by live regions, and focus'),
      said,
    ),
  );

  async function check(): Promise<void> {
    const rows = findFaults().map(({ rule, says, element: node }) =>
      h(
        'li',
        { onpointerenter: () => context.highlight([node]), onpointerleave: () => context.highlight([]) },
        h('span.chip.warn', {}, rule),
        ` ${says} `,
        h('span.mono.soft', {}, describe(node)),
      ),
    );
    findings.replaceChildren(
      rows.length > 0 ? h('ul', {}, ...rows) : h('p.good', {}, 'Names, labels, ids and headings are in order.'),
      await withAxe(),
    );
  }

  return {
    element,
    update() {
      if (findings.childElementCount === 0) void check();
      const lines = log.lines.slice(-30).reverse();
      said.replaceChildren(
        lines.length > 0
          ? h(
              'ul',
              {},
              ...lines.map(({ at, text, isBad }) =>
                h(isBad ? 'li.bad' : 'li', {}, h('span.time', {}, clockTime(at)), ` ${text}`),
              ),
            )
          : h('p.soft', {}, 'Nothing since this tab is open.'),
      );
    },
    dispose: () => {
      log.stop();
      context.highlight([]);
    },
  };
}

const describe = (node: Element): string =>
  `<${node.localName}${node.id ? ` id="${node.id}"` : ''}> ${node.textContent?.trim().slice(0, 40) ?? ''}`;

/** Own checks, for what breaks most often; a full audit needs axe-core. */
function findFaults(): Finding[] {
  const found: Finding[] = [];
  const add = (rule: string, says: string, element: Element): void => void found.push({ rule, says, element });
  for (const field of document.querySelectorAll<HTMLInputElement>('input:not([type="hidden"]), select, textarea')) {
    const isNamed = field.labels?.length || field.ariaLabel || field.getAttribute('aria-labelledby') || field.title;
    if (!isNamed) add('label', 'A field has no name.', field);
  }
  for (const image of document.querySelectorAll('img:not([alt])')) add('alt', 'An image has no text.', image);
  for (const element of document.querySelectorAll('button, a[href]')) {
    const name =
      element.textContent?.trim() ||
      element.ariaLabel ||
      element.getAttribute('title') ||
      element.querySelector('img[alt]:not([alt=""])');
    if (!name) add('name', 'A button or link has no name.', element);
  }
  for (const element of document.querySelectorAll('[dj-click]'))
    if (!element.matches('button, a[href], input, summary, [tabindex]'))
      add('keyboard', 'It listens to clicks and cannot be reached by key.', element);
  const ids = new Map<string, number>();
  for (const { id } of document.querySelectorAll('[id]')) ids.set(id, (ids.get(id) ?? 0) + 1);
  for (const [id, count] of ids) {
    const element = count > 1 ? document.getElementById(id) : null;
    if (element) add('id', `${count} elements have the id ${id}.`, element);
  }
  let level = 0;
  for (const heading of document.querySelectorAll('h1, h2, h3, h4, h5, h6')) {
    const own = Number(heading.localName[1]);
    if (own > level + 1) add('heading', `h${own} follows h${level || 0}.`, heading);
    level = own;
  }
  return found.slice(0, 200);
}

async function withAxe(): Promise<HTMLElement> {
  const { axe } = globalThis as { axe?: { run(context: unknown): Promise<AxeResult> } };
  if (!axe) return h('p.soft', {}, 'axe-core is not on the page; the checks above are the panel’s own.');
  const { violations } = await axe.run({ exclude: [['djust-devtools']] });
  const rows = violations.map(({ id, impact, help, nodes }) =>
    h('li', {}, h('span.chip.bad', {}, impact ?? ''), ` ${help} (${id}, ${nodes.length})`),
  );
  return rows.length > 0 ? h('ul', {}, ...rows) : h('p.good', {}, 'axe-core finds nothing.');
}

/** Listens to live regions and to the focus while the tab is open. */
class LiveLog {
  readonly lines: { at: number; text: string; isBad: boolean }[] = [];
  readonly #observer: MutationObserver;
  readonly #abort = new AbortController();

  constructor(context: PanelContext) {
    const add = (text: string, isBad = false): void => {
      this.lines.push({ at: context.clock.now(), text, isBad });
      this.lines.splice(0, Math.max(0, this.lines.length - MOST_SAID));
      context.refresh();
    };
    this.#observer = new MutationObserver((changes) => {
      const regions = new Set(
        changes.map(({ target }) =>
          (target instanceof Element ? target : target.parentElement)?.closest(
            '[aria-live], [role="status"], [role="alert"], [role="log"], output',
          ),
        ),
      );
      for (const region of regions) if (region) add(`“${region.textContent?.trim().slice(0, 120)}”`);
      const recent = this.lines.filter(({ at, isBad }) => !isBad && at > context.clock.now() - 10_000);
      if (recent.length > 5 && regions.size > 0)
        add(`${recent.length} announcements within 10 s: nobody can listen to that.`, true);
    });
    this.#observer.observe(document.body, { subtree: true, childList: true, characterData: true });
    let focused: Element | null = document.activeElement;
    document.addEventListener(
      'djust:before-patch',
      () => {
        focused = document.activeElement;
      },
      { signal: this.#abort.signal },
    );
    document.addEventListener(
      'djust:patched',
      () => {
        if (focused && focused !== document.body && !focused.isConnected)
          add(`The focus was lost: a patch took <${focused.localName}> away.`, true);
      },
      { signal: this.#abort.signal },
    );
  }

  stop(): void {
    this.#observer.disconnect();
    this.#abort.abort();
  }
}
