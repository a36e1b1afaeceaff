import type { PanelContext, TabView } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { clockTime } from '../ui/format.ts';
import { djustHistory, djustSteps } from './djust-time.ts';
import { player } from './player.ts';

/** A state that the view was in, as the server remembers it. */
interface HistoryNode {
  readonly node: number;
  readonly parent: number | null;
  readonly name: string;
  readonly ref?: number;
  readonly at: number;
}

interface History {
  readonly nodes: readonly HistoryNode[];
  readonly head: number;
  /** The state that the page shows when it is not the head. */
  readonly shown: number | null;
}

const MOST_ROWS = 80;

/** Goes back to earlier states without running anything, and on from there as a branch. */
export function time(context: PanelContext): TabView {
  const slider = h('input', { type: 'range', min: 0, max: 0, value: 0, 'aria-label': 'State to show' });
  const tree = h('ul.branches');
  const said = h('span.total', { role: 'status' });
  const back = button('Back to now', () => void travel(null), { class: 'primary' });
  const fork = button('Go on from here', () => void goOn());
  const replay = button('Replay all on a fork', () => void replayAll());
  const play = player(context, line, (node) => travel(node === history?.head ? null : node));
  const element = h(
    'div',
    {},
    h('div.toolbar', {}, back, fork, play, replay, said),
    h('div.scroll', { tabindex: 0, role: 'region', 'aria-label': 'Earlier states' }, slider, tree),
  );
  let history: History | undefined;
  let seen: unknown;

  slider.addEventListener('input', () => {
    const node = line()[Number(slider.value)];
    if (node) void travel(node.node === history?.head ? null : node.node);
  });

  /** From the first state to the head, along its branch. */
  function line(): HistoryNode[] {
    const nodes = new Map((history?.nodes ?? []).map((node) => [node.node, node]));
    const path: HistoryNode[] = [];
    for (let node = nodes.get(history?.head ?? -1); node; node = nodes.get(node.parent ?? -1)) path.unshift(node);
    return path;
  }

  async function load(): Promise<void> {
    const answer = await context.link.request({ type: 'dev:history' });
    if (!answer.ok) {
      if (context.link.isSubscribed) said.textContent = answer.reason;
      else showDjust();
      return;
    }
    history = answer.frame as unknown as History;
    draw();
  }

  /** A server without debug frames may be djust, and tell its history in frames of its own. */
  function showDjust(): void {
    const steps = djustSteps(context);
    slider.hidden = back.hidden = fork.hidden = play.hidden = replay.hidden = steps.length > 0;
    said.textContent = steps.length > 0 ? `${steps.length} steps` : 'This server does not remember states.';
    if (steps.length > 0) tree.replaceChildren(h('li', {}, djustHistory(context, steps)));
  }

  function draw(): void {
    if (!history) return;
    const { shown, head, nodes } = history;
    const path = line();
    const at = shown ?? head;
    slider.max = String(Math.max(0, path.length - 1));
    slider.value = String(
      Math.max(
        0,
        path.findIndex(({ node }) => node === at),
      ),
    );
    back.disabled = shown === null;
    fork.disabled = shown === null;
    said.textContent =
      shown === null ? `${nodes.length} states, this is now` : `time travelling: state ${shown} of ${nodes.length}`;
    const onPath = new Set(path.map(({ node }) => node));
    const shownNodes = nodes.slice(-MOST_ROWS);
    tree.replaceChildren(...shownNodes.map((node) => row(node, at, onPath.has(node.node))));
    const earlier = nodes.length - shownNodes.length;
    if (earlier > 0) tree.prepend(h('li.soft', {}, `${earlier} earlier ones: by the slider`));
  }

  function row(node: HistoryNode, at: number, isOnPath: boolean): HTMLElement {
    const open = button(`${node.node}`, () => void travel(node.node === history?.head ? null : node.node), {
      'aria-label': `Show state ${node.node}, ${node.name}`,
    });
    const name = h(
      isOnPath ? 'span.name' : 'span.soft',
      {},
      isOnPath ? '│ ' : '├ ',
      node.name,
      node.ref === undefined ? '' : ` #${node.ref}`,
    );
    const marks = [
      node.node === history?.head ? h('span.chip.good', {}, 'now') : null,
      node.node === at ? h('span.chip.warn', {}, 'shown') : null,
    ];
    const parent = node.parent === null || isOnPath ? '' : ` from ${node.parent}`;
    return h(
      node.node === at ? 'li.here' : 'li',
      {},
      open,
      h('span.time', {}, clockTime(node.at)),
      name,
      h('span.soft', {}, parent),
      ...marks,
    );
  }

  async function travel(node: number | null): Promise<void> {
    const answer = await context.link.request({ type: 'dev:travel', node });
    if (!answer.ok) context.say(answer.reason);
    await load();
  }

  async function goOn(): Promise<void> {
    const answer = await context.link.request({ type: 'dev:branch' });
    context.say(answer.ok ? 'The view goes on from here; the earlier future is kept as a branch.' : answer.reason);
    await load();
  }

  async function replayAll(): Promise<void> {
    const refs = line().flatMap(({ ref }) => (ref === undefined ? [] : [ref]));
    if (refs.length === 0) return context.say('There is no event to replay.');
    const answer = await context.link.request({ type: 'dev:replay', refs });
    if (!answer.ok) return context.say(answer.reason);
    const steps = answer.frame.steps as { ref: number; isSame: boolean; reason?: string }[];
    const other = steps.filter(({ isSame }) => !isSame);
    context.say(
      other.length === 0
        ? `${steps.length} events on a fork: the same patches as then.`
        : `Other than then: ${other.map(({ ref, reason }) => `#${ref} ${reason ?? ''}`).join(', ')}`,
    );
  }

  return {
    element,
    update() {
      const last = context.store.events.items.findLast(({ server }) => server !== undefined);
      const key = `${last?.id} ${context.link.isSubscribed}`;
      if (key === seen) return;
      seen = key;
      void load();
    },
  };
}
