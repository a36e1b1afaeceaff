import type { PanelContext } from '../ui/context.ts';
import { button, h } from '../ui/dom.ts';
import { actionFor, isTyping } from '../ui/keys.ts';
import { STATE_KEYS } from '../ui/row-keys.ts';
import { pinButton } from './pins.ts';

const SHOWN_MS = 1_500;

/** `todos[0].text`: a path as it is written in code. */
export function pathText(path: readonly string[]): string {
  return path
    .map((key, at) => {
      if (/^(0|[1-9]\d*)$/.test(key)) return `[${key}]`;
      if (!/^[A-Za-z_$][\w$]*$/.test(key)) return `[${JSON.stringify(key)}]`;
      return at === 0 ? key : `.${key}`;
    })
    .join('');
}

/** What can be done with a piece of the state: it is shown when the row is pointed at, or has the focus. */
export function stateActions(context: PanelContext, path: readonly string[], ...more: HTMLElement[]): HTMLElement {
  const name = path.join('.');
  const copy = (what: string, run: () => Promise<boolean>): HTMLElement => {
    const self = button(
      `copy ${what}`,
      async () => {
        if (!(await run())) return;
        self.textContent = 'copied';
        context.clock.after(SHOWN_MS, () => {
          self.textContent = `copy ${what}`;
        });
      },
      { class: 'link', 'aria-label': `copy ${what} of ${name}` },
    );
    return self;
  };
  return h(
    'span.acts',
    {},
    ...more,
    pinButton(context, path),
    copy('path', () => copyPath(context, path)),
    copy('JSON', () => copyJson(context, path)),
  );
}

export function copyPath(context: PanelContext, path: readonly string[]): Promise<boolean> {
  const text = pathText(path);
  return toClipboard(context, text, `Copied the path ${text}.`);
}

/** The whole of it: the tree has long texts cut, and deep levels not at all. */
export async function copyJson(context: PanelContext, path: readonly string[]): Promise<boolean> {
  const answer = await context.link.request({ type: 'dev:json', path: [...path] });
  if (answer.ok && typeof answer.frame.text === 'string')
    return toClipboard(context, answer.frame.text, `Copied ${pathText(path) || 'the state'} as JSON.`);
  context.say(answer.ok ? 'The server did not tell it.' : answer.reason);
  return false;
}

async function toClipboard(context: PanelContext, text: string, done: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    context.say(done);
    return true;
  } catch {
    context.say('The browser did not allow to copy.');
    return false;
  }
}

/** Copies what the row that has the focus stands for: one key where the buttons take four steps. */
export function copyByKey(context: PanelContext, event: KeyboardEvent): void {
  const { target } = event;
  const row = target instanceof Element ? target.closest<HTMLElement>('[data-path]') : null;
  if (!row || isTyping(event)) return;
  const action = actionFor(STATE_KEYS, event, context.prefs.keys);
  if (!action) return;
  event.stopPropagation();
  event.preventDefault();
  const path = JSON.parse(row.dataset.path as string) as string[];
  void (action === 'copyPath' ? copyPath : copyJson)(context, path);
}
