import { afterEach, describe, expect, it } from 'vitest';
import { formOf, linkOf, type Wanted } from './links.ts';

afterEach(() => document.body.replaceChildren());

/** What becomes of the first such event on the page; the browser does nothing. */
function meet<T>(type: 'click' | 'submit', read: (event: Event) => T, act: () => void): T | undefined {
  let met: T | undefined;
  const listener = (event: Event): void => {
    met = read(event);
    event.preventDefault();
  };
  addEventListener(type, listener, { once: true });
  act();
  removeEventListener(type, listener);
  return met;
}

function click(html: string, init: MouseEventInit = {}): string | undefined {
  document.body.innerHTML = html;
  const target = document.querySelector('.at') ?? document.querySelector('a');
  const event = new MouseEvent('click', { bubbles: true, cancelable: true, composed: true, ...init });
  return meet(
    'click',
    (met) => linkOf(met as MouseEvent)?.pathname,
    () => target?.dispatchEvent(event),
  );
}

describe('a click', () => {
  it.each([
    ['<a href="/x">x</a>', {}],
    ['<a href="/x"><b class="at">x</b></a>', {}],
    ['<a href="/x" target="_self">x</a>', {}],
    ['<a href="/x#part">x</a>', {}],
  ])('on %s is for us', (html, init) => {
    expect(click(html, init)).toBe('/x');
  });

  it.each([
    ['<a href="/x">x</a>', { ctrlKey: true }],
    ['<a href="/x">x</a>', { button: 1 }],
    ['<a href="/x" target="_blank">x</a>', {}],
    ['<a href="/x" download>x</a>', {}],
    ['<a href="/x" rel="noopener external">x</a>', {}],
    ['<a href="https://other.example/x">x</a>', {}],
    ['<a href="mailto:a@example.com">x</a>', {}],
    ['<a href="#part">x</a>', {}],
    ['<a>x</a>', {}],
    ['<p data-turbo="false"><a href="/x">x</a></p>', {}],
    ['<p contenteditable><a href="/x">x</a></p>', {}],
  ])('on %s with %j is the browser’s', (html, init) => {
    expect(click(html, init)).toBeUndefined();
  });

  it('inside of a shadow tree finds its link', () => {
    document.body.innerHTML = '<div></div>';
    const host = document.querySelector('div') as HTMLElement;
    const link = document.createElement('a');
    link.href = '/x';
    host.attachShadow({ mode: 'open' }).append(link);
    expect(
      meet(
        'click',
        (event) => linkOf(event as MouseEvent),
        () => link.click(),
      ),
    ).toBe(link);
  });
});

function submit(html: string): Wanted | undefined {
  document.body.innerHTML = html;
  return meet(
    'submit',
    (event) => formOf(event as SubmitEvent),
    () => document.querySelector('button')?.click(),
  );
}

describe('a form', () => {
  it('of GET becomes an address, with the pressed button in it', () => {
    const wanted = submit(
      '<form action="/s?old=1"><input name="q" value="a b"><button name="go" value="1">x</button></form>',
    );
    expect(wanted?.method).toBe('GET');
    expect(wanted?.url.pathname).toBe('/s');
    expect(wanted?.url.search).toBe('?q=a+b&go=1');
  });

  it('of POST carries its fields as they are encoded', () => {
    const wanted = submit('<form method="post" action="/s"><input name="q" value="a"><button>x</button></form>');
    expect(wanted?.method).toBe('POST');
    expect(wanted?.body).toBeInstanceOf(URLSearchParams);
    expect(submit('<form method="post" enctype="multipart/form-data"><button>x</button></form>')?.body).toBeInstanceOf(
      FormData,
    );
  });

  it('is what its button says', () => {
    const wanted = submit('<form action="/s"><button formaction="/other" formmethod="post">x</button></form>');
    expect([wanted?.method, wanted?.url.pathname]).toEqual(['POST', '/other']);
  });

  it('is read right when a field is named like one of its properties', () => {
    const wanted = submit(
      '<form method="post" action="/s"><input name="action" value="a"><input name="method" value="b"><button>x</button></form>',
    );
    expect([wanted?.method, wanted?.url.pathname]).toEqual(['POST', '/s']);
  });

  it.each([
    ['<form method="dialog"><button>x</button></form>'],
    ['<form target="_blank"><button>x</button></form>'],
    ['<form action="https://other.example/"><button>x</button></form>'],
    ['<form enctype="text/plain" method="post"><button>x</button></form>'],
    ['<form data-turbo="false"><button>x</button></form>'],
    ['<form><button data-turbo="false">x</button></form>'],
  ])('%s is the browser’s', (html) => {
    expect(submit(html)).toBeUndefined();
  });
});
