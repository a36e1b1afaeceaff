import { describe, expect, it } from 'vitest';
import { isPrefetchable, type LinkFacts, type Surroundings } from './links.ts';

const HERE = 'https://app.example/list';
const plain: LinkFacts = {
  href: 'https://app.example/item',
  target: '',
  rel: '',
  hasDownload: false,
  hasMethod: false,
  prefetch: null,
};
const calm: Surroundings = { href: HERE, isSaving: false, isSlow: false, isHidden: false, isOnline: true };
const may = (link: Partial<LinkFacts>, here: Partial<Surroundings> = {}): boolean =>
  isPrefetchable({ ...plain, ...link }, { ...calm, ...here });

describe('a link that may be read ahead', () => {
  it.each([
    'https://app.example/item',
    'https://app.example/items/7',
    'https://app.example/news.html',
    'https://app.example/blogout',
    'https://app.example/address',
    'https://app.example/markets',
    'https://app.example/item#part',
  ])('is %s', (href) => expect(may({ href })).toBe(true));

  it('has a query only when its author says so', () => {
    const href = 'https://app.example/items?page=2';
    expect([may({ href }), may({ href, prefetch: '' }), may({ href, prefetch: 'viewport' })]).toEqual([
      false,
      true,
      true,
    ]);
  });
});

describe('a link that may not', () => {
  it.each([
    '/logout',
    '/Log-Out',
    '/users/sign_out',
    '/l%6fgout',
    '/%zz',
    '/items/7/delete',
    '/cart/add/7',
    '/mail/7/mark-read',
    '/admin',
    '/files/report.pdf',
    '/list',
    '/list#part',
  ])('leads to %s', (path) => expect(may({ href: `https://app.example${path}` })).toBe(false));

  it.each([
    'https://other.example/item',
    'http://app.example/item',
    'mailto:ann@app.example',
    'javascript:alert(1)',
    '',
  ])('leads elsewhere: %s', (href) => expect(may({ href })).toBe(false));

  it.each<Partial<LinkFacts>>([
    { target: '_blank' },
    { rel: 'nofollow' },
    { rel: 'noopener external' },
    { hasDownload: true },
    { hasMethod: true },
    { prefetch: 'off' },
  ])('says so itself: %j', (link) => expect(may(link)).toBe(false));

  it.each<Partial<Surroundings>>([{ isSaving: true }, { isSlow: true }, { isHidden: true }, { isOnline: false }])(
    'is on a page where nothing is read ahead: %j',
    (here) => expect(may({}, here)).toBe(false),
  );

  it('stays one, whatever its author says', () => {
    expect(may({ href: 'https://app.example/logout', prefetch: '' })).toBe(false);
  });
});
