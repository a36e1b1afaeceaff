import { DjustError } from '@djust/protocol';
import { describe, expect, it } from 'vitest';
import { holeOfComment, scan, splitWords } from './scan.ts';

const places = (...strings: string[]): string[] => scan(strings).places;

function refusal(...strings: string[]): { code: string; at: string | undefined; message: string } {
  try {
    scan(strings);
  } catch (error) {
    if (error instanceof DjustError) return { code: error.code, at: error.at, message: error.message };
    throw error;
  }
  throw new Error('was not refused');
}

describe('a value', () => {
  it.each<[string, string[]]>([
    ['alone', ['', '']],
    ['between tags', ['<p>', '</p>']],
    ['behind text', ['<p>1 < 2 ', '</p>']],
    ['behind a closed comment', ['<!-- > -- -->', '']],
    ['behind an empty comment', ['<!-->', '']],
    ['behind a doctype', ['<!doctype html>', '']],
    ['behind a closing tag with a space', ['<b></b >', '']],
    ['behind a quoted angle bracket', ['<b title="a > b">', '</b>']],
    ['behind a script', ['<script>if (a < b) {}</script>', '']],
    ['behind a script that names its own end in another way', ['<script>"</scr" + "ipt>"</script>', '']],
    ['behind an angle bracket before a digit', ['1 <2 ', '']],
  ])('may stand %s', (_, strings) => {
    expect(places(...strings)).toEqual(['content']);
  });

  it.each<[string, string[]]>([
    ['in double quotes', ['<p title="', '"></p>']],
    ['in single quotes', ["<p title='", "'></p>"]],
    ['in quotes, beside text', ['<p title="a > ', ' b"></p>']],
    ['without quotes', ['<p title=', '></p>']],
    ['without quotes, behind spaces', ['<p title = ', ' id=a></p>']],
    ['without quotes, behind text', ['<p title=a', '></p>']],
    ['behind an attribute without a value', ['<input disabled value="', '">']],
    ['behind a slash', ['<br / title="', '">']],
    ['in a quoted value that holds the other quote', [`<p title="it's `, '"></p>']],
  ])('may stand in an attribute: %s', (_, strings) => {
    expect(places(...strings)).toEqual(['attribute']);
  });

  it.each(['textarea', 'title', 'TEXTAREA'])('may stand in <%s> as text', (tag) => {
    expect(places(`<${tag}>a<b`, `</${tag}>`)).toEqual(['rawText']);
  });

  it.each<[string, string[], string]>([
    ['as a tag name', ['<', '></p>'], 'a tag name'],
    ['in a tag name', ['<h', '></h1>'], 'a tag name'],
    ['in a closing tag name', ['<p></', '>'], 'a tag name'],
    ['as an attribute', ['<p ', '></p>'], 'a tag, outside of an attribute value'],
    ['as an attribute name', ['<p data-', '="1"></p>'], 'an attribute name'],
    ['behind an attribute name', ['<p hidden ', '></p>'], 'an attribute name'],
    ['in a closing tag', ['<p></p ', '>'], 'a tag, outside of an attribute value'],
    ['in a comment', ['<!-- ', ' -->'], 'a comment'],
    ['in a declaration', ['<!doctype ', '>'], 'a comment'],
    ['in a script', ['<script>let a = ', '</script>'], '<script>'],
    ['in a style', ['<style>p { color: ', ' }</style>'], '<style>'],
    ['in an iframe', ['<iframe>', '</iframe>'], '<iframe>'],
    ['in a noscript', ['<noscript>', '</noscript>'], '<noscript>'],
    ['in a script behind a false end', ['<script>"</scripty>" + ', '</script>'], '<script>'],
  ])('may not stand %s', (_, strings, where) => {
    expect(refusal(...strings)).toEqual({
      code: 'template/hole-position',
      at: 'value 1',
      message: `template/hole-position at value 1: a value cannot stand in ${where}`,
    });
  });

  it('is named by its number', () => {
    expect(refusal('<p title="', '">', '</p><', '>').at).toBe('value 3');
  });
});

it('counts the start tags of the author, not what looks like one', () => {
  expect(scan(['<p a="<b>"><!-- <i> --><br/>1 < 2</p><script>"<b>"</script><textarea><u></textarea>']).startTags).toBe(
    4,
  );
});

it('refuses a template that holds the placeholder mark', () => {
  expect(refusal('<p>\ue000', '</p>').message).toContain('U+E000');
});

it('writes a comment for content and a word for the rest, and finds both again', () => {
  const { source } = scan(['<p title="a', 'b">', '</p>']);
  expect(source).toBe('<p title="a\ue0000\ue000b"><!--\ue0001\ue000--></p>');
  expect(splitWords('a\ue0000\ue000b\ue00012\ue000')).toEqual(['a', 0, 'b', 12]);
  expect(holeOfComment('\ue00012\ue000')).toBe(12);
  expect(holeOfComment(' \ue0001\ue000')).toBeUndefined();
});
