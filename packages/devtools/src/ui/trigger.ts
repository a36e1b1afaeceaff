/** Where the button of the panel stands: eight places around the window. */
export const ANCHORS = [
  'bottom-right',
  'bottom-center',
  'bottom-left',
  'middle-left',
  'middle-right',
  'top-left',
  'top-center',
  'top-right',
] as const;

/** A press that moves less than this is a click. */
const SLACK_PX = 5;

/** The place that is nearest to a point of the window. */
export function anchorAt(x: number, y: number): string {
  const third = (at: number, whole: number): number => Math.min(2, Math.max(0, Math.floor((3 * at) / whole)));
  const column = third(x, innerWidth);
  const row = third(y, innerHeight);
  const across = ['left', row === 1 ? 'right' : 'center', 'right'];
  return `${['top', 'middle', 'bottom'][row]}-${across[column]}`;
}

/** Lets the button be dragged; it snaps to the nearest place, and a drag is no click. */
export function movable(trigger: HTMLElement, moved: (anchor: string) => void): void {
  trigger.addEventListener('pointerdown', ({ pointerId, clientX, clientY }) => {
    const abort = new AbortController();
    const { signal } = abort;
    let isMoved = false;
    trigger.setPointerCapture(pointerId);
    const move = (event: PointerEvent): void => {
      const [dx, dy] = [event.clientX - clientX, event.clientY - clientY];
      isMoved ||= Math.hypot(dx, dy) > SLACK_PX;
      if (isMoved) trigger.style.setProperty('transform', `translate(${dx}px, ${dy}px)`);
    };
    const end = (event: PointerEvent): void => {
      abort.abort();
      trigger.style.removeProperty('transform');
      if (!isMoved) return;
      moved(anchorAt(event.clientX, event.clientY));
      // The click that follows the release belongs to the drag.
      trigger.addEventListener('click', (click) => click.stopImmediatePropagation(), { capture: true, once: true });
    };
    trigger.addEventListener('pointermove', move, { signal });
    trigger.addEventListener('pointerup', end, { signal });
    trigger.addEventListener('pointercancel', end, { signal });
  });
}
