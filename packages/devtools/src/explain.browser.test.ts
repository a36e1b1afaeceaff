import { expect, it } from 'vitest';
import { TestClock } from '../test/clock.ts';
import { explain } from './explain.ts';
import { readHeld } from './model/held.ts';
import { Recorder } from './recorder.ts';

const patch = (version: number, text: string): string =>
  JSON.stringify({ type: 'patch', version, ops: [[0, '1', text]] });
const why = (version: number, name: unknown): string =>
  JSON.stringify({ type: 'dev:why', version, why: [['text 1', name], 'x', ['text 2', 7]] });

/** A page whose one text is patched. */
function page(): {
  recorder: Recorder;
  patched: (version: number, text: string, atMs?: number) => void;
  end: () => void;
} {
  document.body.innerHTML = '<main dj-view="a.b"><b dj-id="1">0</b></main>';
  const recorder = new Recorder(new TestClock());
  const ending = new AbortController();
  const wire = { id: 1, transmit: () => true, end: () => {}, deliver: () => {} };
  const patched = (version: number, text: string, atMs = version): void => {
    recorder.received(wire, patch(version, text));
    const tell = (name: string): void => {
      const event = new CustomEvent(name, { detail: { version } });
      Object.defineProperty(event, 'timeStamp', { value: atMs });
      document.dispatchEvent(event);
    };
    tell('djust:before-patch');
    ((document.querySelector('b') as HTMLElement).firstChild as Text).data = text;
    tell('djust:patched');
    recorder.received(wire, why(version, 'count'));
  };
  explain(recorder, ending.signal);
  return { recorder, patched, end: () => ending.abort() };
}

it('knows of each patch what was there and which value it was', () => {
  const { recorder, patched } = page();
  patched(1, 'a');
  // By a script of the page, between two patches.
  (document.querySelector('b') as HTMLElement).title = 'changed';
  patched(2, 'b');
  const { frames } = recorder.flush();
  expect(frames.items.map(({ before, why: reason }) => [before, reason])).toEqual([
    [{ 'text 1': '0' }, { 'text 1': 'count' }],
    [{ 'text 1': 'a' }, { 'text 1': 'count' }],
  ]);
  const read = readHeld(JSON.parse(JSON.stringify(recorder.store.held)));
  expect(read).toMatchObject({ value: { frames: [{}, { before: { 'text 1': 'a' }, why: { 'text 1': 'count' } }] } });
  const weight = (chars: number): number => 2 * (patch(1, 'a').length + chars) + 120;
  expect(frames.weight).toBe(2 * weight('text 1a'.length + 'text 1count'.length));
});

it('forgets a reason for a frame that is not held any more', () => {
  const { recorder, patched } = page();
  patched(1, 'a');
  recorder.flush();
  recorder.store.clear();
  recorder.write({ kind: 'more', text: why(1, 'late') });
  recorder.write({ kind: 'more', text: why(99, 'unknown') });
  recorder.write({ kind: 'more', text: '{"type":"dev:why"' });
  expect(recorder.flush().frames.weight).toBe(0);
});

it('looks on at eight patches a second, and lets the others be', () => {
  const { recorder, patched } = page();
  for (let version = 1; version <= 40; version++) patched(version, `${version}`, 5_000 + version);
  patched(41, '41', 6_001);
  const known = recorder.flush().frames.items.map(({ before }) => before !== undefined);
  expect(known).toEqual([...Array(8).fill(true), ...Array(32).fill(false), true]);
});

it('looks on no longer when the panel is closed', () => {
  const { recorder, patched, end } = page();
  patched(1, 'a');
  end();
  patched(2, 'b');
  const [first, second] = recorder.flush().frames.items;
  expect([first?.before, second?.before]).toEqual([{ 'text 1': '0' }, undefined]);
});
