import type { Dock, Prefs } from '../prefs.ts';
import { place } from './dom.ts';

const SIDES: readonly Dock[] = ['bottom', 'right', 'top', 'left', 'float'];
const MIN_PX = 160;

export const nextDock = (dock: Dock): Dock => SIDES[(SIDES.indexOf(dock) + 1) % SIDES.length] ?? 'bottom';

export const isAcross = (dock: Dock): boolean => dock === 'left' || dock === 'right';

export function clampSize(dock: Dock, sizePx: number): number {
  const most = 0.9 * (isAcross(dock) ? innerWidth : innerHeight);
  return Math.round(Math.min(most, Math.max(isAcross(dock) ? 320 : MIN_PX, sizePx)));
}

/** Elements that stay where they are in the window, and so would lie under the panel. */
const moved = new Map<HTMLElement, string>();

/**
 * Makes the page leave room for the panel: `--dj-inset-*` on the root for styles that know them, a padding for the flow,
 * and a shift for what is fixed to that side.
 */
export function pushPage(prefs: Prefs, sizePx: number): void {
  releasePage();
  const { dock, pushes } = prefs;
  if (!pushes || dock === 'float' || dock === 'window' || innerWidth <= 640) return;
  const root = document.documentElement;
  root.style.setProperty(`--dj-inset-${dock}`, `${sizePx}px`);
  root.style.setProperty(`padding-${dock}`, `${sizePx}px`);
  for (const element of fixedUnder(dock, sizePx)) {
    moved.set(element, element.style.getPropertyValue('translate'));
    const away = dock === 'bottom' || dock === 'right' ? -sizePx : sizePx;
    element.style.setProperty('translate', isAcross(dock) ? `${away}px 0` : `0 ${away}px`);
  }
}

export function releasePage(): void {
  const root = document.documentElement;
  for (const side of SIDES) {
    root.style.removeProperty(`--dj-inset-${side}`);
    if (side !== 'float') root.style.removeProperty(`padding-${side}`);
  }
  if (root.getAttribute('style') === '') root.removeAttribute('style');
  for (const [element, translate] of moved) {
    element.style.setProperty('translate', translate);
    if (element.getAttribute('style') === '') element.removeAttribute('style');
  }
  moved.clear();
}

/** Looks at a grid of points of the side; what is fixed and lies there is what the panel would cover. */
function fixedUnder(dock: Dock, sizePx: number): Set<HTMLElement> {
  const found = new Set<HTMLElement>();
  const depths = [4, sizePx / 2, sizePx - 4];
  for (let share = 0.05; share < 1; share += 0.15) {
    for (const depth of depths) {
      const x = dock === 'left' ? depth : dock === 'right' ? innerWidth - depth : share * innerWidth;
      const y = dock === 'top' ? depth : dock === 'bottom' ? innerHeight - depth : share * innerHeight;
      for (const element of document.elementsFromPoint(x, y)) {
        const isOurs = element.localName.startsWith('djust-devtools');
        if (element instanceof HTMLElement && !isOurs && getComputedStyle(element).position === 'fixed')
          found.add(element);
      }
    }
  }
  return found;
}

/** Lets the edge of the panel be dragged, or moved by the arrow keys. */
export function resizable(grip: HTMLElement, prefs: Prefs, apply: (sizePx: number) => void): void {
  const sizeAt = ({ clientX, clientY }: PointerEvent): number => {
    if (prefs.dock === 'left') return clientX;
    if (prefs.dock === 'right') return innerWidth - clientX;
    return prefs.dock === 'top' ? clientY : innerHeight - clientY;
  };
  grip.addEventListener('pointerdown', (event) => {
    grip.setPointerCapture(event.pointerId);
    const move = (moving: PointerEvent): void => apply(sizeAt(moving));
    grip.addEventListener('pointermove', move);
    grip.addEventListener('pointerup', () => grip.removeEventListener('pointermove', move), { once: true });
  });
  grip.addEventListener('keydown', ({ key }) => {
    const grows = {
      bottom: 'ArrowUp',
      top: 'ArrowDown',
      left: 'ArrowRight',
      right: 'ArrowLeft',
      float: 'ArrowUp',
      window: '',
    };
    const shrinks = {
      bottom: 'ArrowDown',
      top: 'ArrowUp',
      left: 'ArrowLeft',
      right: 'ArrowRight',
      float: 'ArrowDown',
      window: '',
    };
    if (key === grows[prefs.dock]) apply(prefs.sizePx + 24);
    if (key === shrinks[prefs.dock]) apply(prefs.sizePx - 24);
  });
}

/** Lets the title bar of the floating panel be dragged. */
export function draggable(handle: HTMLElement, panel: HTMLElement, prefs: Prefs): void {
  handle.addEventListener('pointerdown', (event) => {
    if (prefs.dock !== 'float') return;
    const { left, top } = panel.getBoundingClientRect();
    const [dx, dy] = [event.clientX - left, event.clientY - top];
    handle.setPointerCapture(event.pointerId);
    const move = ({ clientX, clientY }: PointerEvent): void =>
      place(panel, {
        '--x': `${Math.max(0, Math.min(innerWidth - 120, clientX - dx))}px`,
        '--y': `${Math.max(0, Math.min(innerHeight - 40, clientY - dy))}px`,
      });
    handle.addEventListener('pointermove', move);
    handle.addEventListener('pointerup', () => handle.removeEventListener('pointermove', move), { once: true });
  });
}
