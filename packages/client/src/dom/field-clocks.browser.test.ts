import { OP } from '@djust/protocol';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { page, type TestPage } from '../../test/page.ts';
import { applyOps } from './compact.ts';
import { FieldClocks } from './field-clocks.ts';

const live = (html: string): TestPage => page(html, (root) => new FieldClocks(root, new AbortController().signal));
const input = (to: TestPage): HTMLInputElement => to.query<HTMLInputElement>('input');
const serverSays = (to: TestPage, value: string): unknown => applyOps([[OP.attr, '1', 'value', value]], to);
const tick = (): Promise<void> => Promise.resolve();

function type(field: HTMLInputElement, text: string): void {
  field.value += text;
  field.dispatchEvent(new InputEvent('input', { bubbles: true }));
}

describe('a value of the server', () => {
  it('waits until the server has seen the last edit, and then gets in', async () => {
    const to = live('<input dj-id="1" value=""><button>x</button>');
    const field = input(to);
    field.focus();
    type(field, 'a');
    const first = to.fields.carry?.([field], false);
    type(field, 'b');
    serverSays(to, 'A');
    first?.();
    expect(field.value).toBe('ab');
    const second = to.fields.carry?.([field], false);
    serverSays(to, 'AB');
    field.blur();
    await tick();
    expect(field.value).toBe('ab');
    second?.();
    expect(field.value).toBe('AB');
  });

  it('gets in at once after a submit, though the user is still in the field', () => {
    const to = live('<form><input dj-id="1" value=""></form>');
    const field = input(to);
    field.focus();
    type(field, 'message');
    const sent = to.fields.carry?.([field], true);
    sent?.();
    serverSays(to, '');
    expect(field.value).toBe('');
    expect(document.activeElement).toBe(field);
  });

  it('gets in at once where the user only stands, and leaves his caret alone', () => {
    const to = live('<input dj-id="1" value="abcdef">');
    const field = input(to);
    field.focus();
    field.setSelectionRange(2, 4);
    serverSays(to, 'ABCDEF');
    expect([field.value, field.selectionStart, field.selectionEnd]).toEqual(['ABCDEF', 2, 4]);
  });

  it('never gets in while characters are composed, not even by force', () => {
    const to = live('<input dj-id="1" value="" dj-force-value>');
    const field = input(to);
    field.focus();
    field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
    type(field, 'に');
    const sent = to.fields.carry?.([field], false);
    sent?.();
    serverSays(to, 'server');
    expect(field.value).toBe('に');
    field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
    expect(field.value).toBe('server');
  });

  it('reaches boxes, choices and texts by the same rule', () => {
    const to = live(
      '<input type="checkbox" dj-id="1"><select dj-id="2"><option dj-id="3">a</option><option dj-id="4">b</option></select><textarea dj-id="5">t</textarea>',
    );
    const [box, select, text] = [
      input(to),
      to.query<HTMLSelectElement>('select'),
      to.query<HTMLTextAreaElement>('textarea'),
    ];
    box.click();
    select.value = 'b';
    text.value = 'typed';
    for (const field of [select, text]) field.dispatchEvent(new InputEvent('input', { bubbles: true }));
    applyOps(
      [
        [OP.attr, '1', 'checked', null, '3', 'selected', ''],
        [OP.text, '5', 'server'],
      ],
      to,
    );
    expect([box.checked, select.value, text.value]).toEqual([true, 'b', 'typed']);
    to.fields.carry?.([box, select, text], true)?.();
    expect([box.checked, select.value, text.value]).toEqual([false, 'a', 'server']);
  });

  it('gets in after a reset of the form', () => {
    const to = live('<form><input dj-id="1" value="x"></form>');
    type(input(to), 'y');
    to.query<HTMLFormElement>('form').reset();
    serverSays(to, 'server');
    expect(input(to).value).toBe('server');
  });

  it('the rest of the subtree is patched at once', () => {
    const to = live('<p dj-id="2"><input dj-id="1" value=""><b dj-id="3">old</b></p>');
    type(input(to), 'typed');
    applyOps(
      [
        [OP.attr, '1', 'value', 'server', '2', 'class', 'busy'],
        [OP.text, '3', 'new'],
      ],
      to,
    );
    expect(to.query('p').className).toBe('busy');
    expect(to.query('b').textContent).toBe('new');
    expect(input(to).value).toBe('typed');
  });
});

type Act = 'type' | 'compose' | 'compose-end' | 'focus' | 'blur' | 'send' | 'submit' | 'ack' | 'server';
const acts = fc.array(
  fc.constantFrom<Act>('type', 'type', 'compose', 'compose-end', 'focus', 'blur', 'send', 'submit', 'ack', 'server'),
  {
    minLength: 5,
    maxLength: 40,
  },
);

describe('1,000 random interleavings of typing, composing, sending, acknowledging and patching', () => {
  it('never change what the user typed under his hands, and let the last word in when he is done', async () => {
    await fc.assert(
      fc.asyncProperty(acts, async (sequence) => {
        const to = live('<input dj-id="1" value="">');
        const field = input(to);
        const open: { seen: (() => void) | undefined; edits: number }[] = [];
        let [edits, seen, said, atLastEdit] = [0, 0, 0, 0];
        let isComposing = false;
        for (const act of sequence) {
          const before = field.value;
          const isUnseen = seen < edits;
          if (act === 'focus') field.focus();
          if (act === 'blur') {
            field.blur();
            isComposing = false;
            await tick();
          }
          if (act === 'compose' && document.activeElement === field) {
            field.dispatchEvent(new CompositionEvent('compositionstart', { bubbles: true }));
            isComposing = true;
          }
          if (act === 'compose-end' && isComposing) {
            field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
            isComposing = false;
          }
          if (act === 'type' && document.activeElement === field) {
            type(field, 'x');
            edits++;
            atLastEdit = said;
          }
          if (act === 'send' || act === 'submit')
            open.push({ seen: to.fields.carry?.([field], act === 'submit'), edits });
          if (act === 'ack') {
            const oldest = open.shift();
            seen = Math.max(seen, oldest?.edits ?? 0);
            oldest?.seen?.();
          }
          if (act === 'server') serverSays(to, `server ${++said}`);
          // The user's own typing changes the value; nothing else may, while an edit is unseen or being composed.
          if (act !== 'type' && act !== 'ack' && (isUnseen || isComposing)) expect(field.value).toBe(before);
          if (seen < edits) expect(field.value).toMatch(/x$/);
        }
        field.dispatchEvent(new CompositionEvent('compositionend', { bubbles: true }));
        to.fields.carry?.([field], true)?.();
        field.blur();
        await tick();
        if (said > atLastEdit) expect(field.value).toBe(`server ${said}`);
      }),
      { numRuns: 1_000 },
    );
  });
});
