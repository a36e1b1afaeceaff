/**
 * The register of edge cases: pages whose step to the next one went wrong somewhere, once. Each is played in both
 * dialects; the document must then be that of a fresh page, and `check` must hold. docs/edge-cases.md lists the names.
 */
export interface EdgeCase {
  readonly name: string;
  readonly before: string;
  readonly after: string;
  /** What the user, or a script of the page, does before the step. */
  readonly act?: (root: HTMLElement) => void;
  /** Answers what must be true afterwards, by name. */
  readonly check?: (root: HTMLElement) => Record<string, boolean>;
  /** The user's part is in the document; only `check` tells whether it is right. */
  readonly isTheUsers?: boolean;
  /** Whole HTML cannot say this: who opened the details, or what stands in a noscript for a page with scripts. */
  readonly isForPatches?: boolean;
}

const get = <T extends Element = HTMLInputElement>(root: Element, selector: string): T => {
  const found = root.querySelector<T>(selector);
  if (!found) throw new Error(`no ${selector}`);
  return found;
};

/** Marks a node, to be known again. */
const mark = (root: Element, selector: string): void => {
  Object.assign(get(root, selector), { isMarked: true });
};
const isMarked = (root: Element, selector: string): boolean =>
  (get(root, selector) as unknown as { isMarked?: boolean }).isMarked === true;

const rows = (...keys: (string | number)[]): string =>
  `<ul>${keys.map((key) => `<li data-key="${key}">${key}</li>`).join('')}</ul>`;
const fields = (...keys: string[]): string =>
  `<ul>${keys.map((key) => `<li data-key="${key}"><input name="${key}" value="abcdef"></li>`).join('')}</ul>`;

const ATTRIBUTES: readonly EdgeCase[] = [
  {
    name: 'a boolean attribute is switched on',
    before: '<button>b</button>',
    after: '<button disabled>b</button>',
    check: (root) => ({ disabled: get<HTMLButtonElement>(root, 'button').disabled }),
  },
  {
    name: 'a boolean attribute is switched off',
    before: '<button disabled>b</button>',
    after: '<button>b</button>',
    check: (root) => ({ enabled: !get<HTMLButtonElement>(root, 'button').disabled }),
  },
  {
    name: 'a boolean attribute gets another spelling',
    before: '<input disabled>',
    after: '<input disabled="disabled">',
  },
  { name: 'hidden becomes until-found', before: '<p hidden>x</p>', after: '<p hidden="until-found">x</p>' },
  {
    name: 'aria-expanded says false in words',
    before: '<b aria-expanded="true"></b>',
    after: '<b aria-expanded="false"></b>',
  },
  { name: 'an attribute becomes empty', before: '<a href="/x">x</a>', after: '<a href="">x</a>' },
  {
    name: 'an attribute holds quotes, ampersands and angles',
    before: '<b title="x"></b>',
    after: '<b title="&quot;a&quot; &amp;amp; &lt;b&gt; \'c\'"></b>',
  },
  {
    name: 'an attribute holds a tab and a line break',
    before: '<b title="x"></b>',
    after: '<b title="a&#9;b&#10;c"></b>',
  },
  {
    name: 'an attribute holds JSON',
    before: '<b data-x="{}"></b>',
    after: '<b data-x="{&quot;a&quot;:[1,2,{&quot;b&quot;:null}]}"></b>',
  },
  { name: 'all attributes change at once', before: '<b a="1" b="2" c="3"></b>', after: '<b d="1" b="3"></b>' },
  {
    name: 'a style attribute changes',
    before: '<b style="color: red;"></b>',
    after: '<b style="color: blue;"></b>',
    check: (root) => ({ blue: get<HTMLElement>(root, 'b').style.color === 'blue' }),
  },
  { name: 'an id changes', before: '<b id="one">x</b>', after: '<b id="two">x</b>' },
  {
    name: 'a class that the page owns stays',
    before: '<b class="a" dj-ignore-attrs="class"></b>',
    after: '<b class="b" dj-ignore-attrs="class"></b>',
    act: (root) => get(root, 'b').classList.add('mine'),
    check: (root) => ({ mine: get(root, 'b').className === 'a mine' }),
    isTheUsers: true,
  },
  {
    name: 'an attribute of XLink changes',
    before: '<svg><use xlink:href="#a"></use></svg>',
    after: '<svg><use xlink:href="#b"></use></svg>',
  },
  {
    name: 'an attribute with a capital letter changes',
    before: '<svg viewBox="0 0 1 1"></svg>',
    after: '<svg viewBox="0 0 2 2"></svg>',
  },
];

const FIELDS: readonly EdgeCase[] = [
  {
    name: 'the value of an untouched input follows',
    before: '<input value="a">',
    after: '<input value="b">',
    check: (root) => ({ shown: get(root, 'input').value === 'b' }),
  },
  {
    name: 'the value of the input that the user is in waits',
    before: '<input value="a">',
    after: '<input value="b">',
    act: (root) => {
      get(root, 'input').focus();
      get(root, 'input').value = 'typing';
    },
    check: (root) => ({ typing: get(root, 'input').value === 'typing' }),
    isTheUsers: true,
  },
  {
    name: 'a value goes away',
    before: '<input value="a">',
    after: '<input>',
    check: (root) => ({ empty: get(root, 'input').value === '' }),
  },
  {
    name: 'a tick of the server reaches the property',
    before: '<input type="checkbox">',
    after: '<input type="checkbox" checked>',
    check: (root) => ({ ticked: get(root, 'input').checked }),
  },
  {
    name: 'a tick of the user stays when something else changes',
    before: '<input type="checkbox"><p>a</p>',
    after: '<input type="checkbox"><p>b</p>',
    act: (root) => get(root, 'input').click(),
    check: (root) => ({ ticked: get(root, 'input').checked }),
  },
  {
    name: 'the choice among radios moves',
    before: '<input type="radio" name="r" value="1" checked><input type="radio" name="r" value="2">',
    after: '<input type="radio" name="r" value="1"><input type="radio" name="r" value="2" checked>',
    check: (root) => ({ second: get(root, '[value="2"]').checked, one: !get(root, '[value="1"]').checked }),
  },
  {
    name: 'the selected option changes',
    before: '<select><option>a</option><option selected>b</option></select>',
    after: '<select><option selected>a</option><option>b</option></select>',
    check: (root) => ({ first: get<HTMLSelectElement>(root, 'select').value === 'a' }),
  },
  {
    name: 'an option in front of the chosen one keeps the choice',
    before: '<select><option data-key="a">a</option><option data-key="b">b</option></select>',
    after:
      '<select><option data-key="n">n</option><option data-key="a">a</option><option data-key="b">b</option></select>',
    act: (root) => {
      get<HTMLSelectElement>(root, 'select').value = 'b';
    },
    check: (root) => ({ chosen: get<HTMLSelectElement>(root, 'select').value === 'b' }),
  },
  {
    name: 'options change places and the choice goes along',
    before:
      '<select><option data-key="a">a</option><option data-key="b">b</option><option data-key="c">c</option></select>',
    after:
      '<select><option data-key="c">c</option><option data-key="a">a</option><option data-key="b">b</option></select>',
    act: (root) => {
      get<HTMLSelectElement>(root, 'select').value = 'c';
    },
    check: (root) => ({ chosen: get<HTMLSelectElement>(root, 'select').value === 'c' }),
  },
  {
    name: 'the chosen option goes',
    before: '<select><option data-key="a">a</option><option data-key="b">b</option></select>',
    after: '<select><option data-key="a">a</option></select>',
    act: (root) => {
      get<HTMLSelectElement>(root, 'select').value = 'b';
    },
    check: (root) => ({ first: get<HTMLSelectElement>(root, 'select').value === 'a' }),
  },
  {
    name: 'a group of options comes in',
    before: '<select><option>a</option></select>',
    after: '<select><option>a</option><optgroup label="g"><option>b</option></optgroup></select>',
  },
  {
    name: 'several options are chosen',
    before: '<select multiple><option selected>a</option><option>b</option></select>',
    after: '<select multiple><option selected>a</option><option selected>b</option></select>',
    check: (root) => ({ both: get<HTMLSelectElement>(root, 'select').selectedOptions.length === 2 }),
  },
  {
    name: 'the text of a textarea is what it shows',
    before: '<textarea>a</textarea>',
    after: '<textarea>b</textarea>',
    check: (root) => ({ shown: get<HTMLTextAreaElement>(root, 'textarea').value === 'b' }),
  },
  {
    name: 'the textarea that the user is in waits',
    before: '<textarea>a</textarea>',
    after: '<textarea>b</textarea>',
    act: (root) => {
      get(root, 'textarea').focus();
      get(root, 'textarea').value = 'typing';
    },
    check: (root) => ({ typing: get(root, 'textarea').value === 'typing' }),
  },
  {
    name: 'a textarea begins with a line break',
    before: '<textarea>a</textarea>',
    after: '<textarea>\n\nb</textarea>',
    check: (root) => ({ kept: get(root, 'textarea').value === '\nb' }),
  },
  {
    name: 'a textarea holds line breaks of Windows',
    before: '<textarea>a</textarea>',
    after: '<textarea>a\r\nb</textarea>',
    check: (root) => ({ one: get(root, 'textarea').value === 'a\nb' }),
  },
  {
    name: 'a field gets another name and another value',
    before: '<input name="a" value="1">',
    after: '<input name="b" value="2">',
    check: (root) => ({ shown: get(root, 'input').value === '2' }),
  },
  {
    name: 'a password is shown and keeps what was typed',
    before: '<input type="password" name="p">',
    after: '<input type="text" name="p">',
    act: (root) => {
      get(root, 'input').value = 'secret';
    },
    check: (root) => ({ kept: get(root, 'input').value === 'secret' }),
  },
  {
    name: 'a file input is never written to',
    before: '<input type="file"><p>a</p>',
    after: '<input type="file" value="x"><p>b</p>',
    check: (root) => ({ empty: get(root, 'input').value === '' }),
  },
  {
    name: 'a fieldset is disabled with what is in it',
    before: '<fieldset><input></fieldset>',
    after: '<fieldset disabled><input></fieldset>',
    check: (root) => ({ disabled: get(root, 'input').matches(':disabled') }),
  },
  {
    name: 'progress and meter follow',
    before: '<progress value="1" max="9"></progress><meter value="1" max="9">1</meter>',
    after: '<progress value="5" max="9"></progress><meter value="5" max="9">5</meter>',
    check: (root) => ({ progress: get<HTMLProgressElement>(root, 'progress').value === 5 }),
  },
  {
    name: 'suggestions of a datalist change',
    before: '<input list="l"><datalist id="l"><option value="a"></datalist>',
    after: '<input list="l"><datalist id="l"><option value="b"><option value="c"></datalist>',
  },
];

const TEXT: readonly EdgeCase[] = [
  { name: 'two texts meet when the element between them goes', before: '<p>a<b>x</b>c</p>', after: '<p>ac</p>' },
  { name: 'an element parts a text', before: '<p>ac</p>', after: '<p>a<b>x</b>c</p>' },
  { name: 'a text comes where there was none', before: '<p></p>', after: '<p>a</p>' },
  { name: 'a text goes', before: '<p>a</p>', after: '<p></p>' },
  { name: 'a text with entities stays text', before: '<p>x</p>', after: '<p>&lt;b&gt;&amp;amp;&lt;/b&gt;</p>' },
  { name: 'a no-break space alone counts', before: '<p>x</p>', after: '<p>&nbsp;</p>' },
  { name: 'blanks between blocks do not count', before: '<p>a</p><p>b</p>', after: '<p>a</p>\n   <p>c</p>' },
  { name: 'blanks in a pre count', before: '<pre>a</pre>', after: '<pre>  a\n b </pre>' },
  { name: 'a pre begins with a line break', before: '<pre>a</pre>', after: '<pre>\n\na</pre>' },
  { name: 'signs beyond the first plane change', before: '<p>👍</p>', after: '<p>👍🏽 𝒳 👩‍👩‍👧</p>' },
  { name: 'a text is right to left, with marks', before: '<p>a</p>', after: '<p>שָׁלוֹם é ‏x</p>' },
  {
    name: 'a text is longer than a parser takes in one piece',
    before: '<p>short</p>',
    after: `<p>${'long '.repeat(20_000)}</p>`,
  },
  { name: 'a text stands on both sides of every element', before: 'a<b>1</b>b<b>2</b>c', after: 'x<b>1</b>y<b>2</b>z' },
];

const STRUCTURE: readonly EdgeCase[] = [
  { name: 'an element becomes another', before: '<p>a</p>', after: '<h1>a</h1>' },
  { name: 'a comment comes', before: '<p>a</p>', after: '<!-- note --><p>a</p>' },
  { name: 'a comment changes', before: '<!-- a --><p>a</p>', after: '<!-- b --><p>a</p>' },
  { name: 'a comment goes', before: '<!-- a --><p>a</p>', after: '<p>a</p>' },
  {
    name: 'a comment parts two spaces',
    before: '<table><tbody><tr><td>a</td></tr></tbody></table>',
    after: '<table><tbody><tr><td> <!-- note --> </td><td> <!-- note --> <b>b</b></td></tr></tbody></table>',
  },
  {
    name: 'a condition switches beside a text',
    before: 'a <!--dj-if id="if-1"--><b>x</b><!--/dj-if--> b',
    after: 'a <!--dj-if id="if-1"--><!--/dj-if--> b',
  },
  {
    name: 'a condition switches inside a condition',
    before: '<!--dj-if id="if-1"--><p>a</p><!--dj-if id="if-2"--><!--/dj-if--><!--/dj-if-->',
    after: '<!--dj-if id="if-1"--><p>a</p><!--dj-if id="if-2"--><p>b</p><!--/dj-if--><!--/dj-if-->',
  },
  {
    name: 'a condition closes around a row that was there',
    before: '<div><p id="a">x</p></div>',
    after: '<div><!--dj-if id="if-1"--><p id="a">x</p><!--/dj-if--></div>',
  },
  {
    name: 'a condition goes with what is in it',
    before: '<p>a</p><!--dj-if id="if-1"--><p>x</p><!--/dj-if-->',
    after: '<p>a</p>',
  },
  {
    name: 'a table without tbody gets a row',
    before: '<table><tr><td>a</td></tr></table>',
    after: '<table><tr><td>b</td></tr><tr><td>a</td></tr></table>',
  },
  {
    name: 'a table gets a caption and columns',
    before: '<table><tbody><tr><td>a</td></tr></tbody></table>',
    after: '<table><caption>c</caption><colgroup><col></colgroup><tbody><tr><td>a</td></tr></tbody></table>',
  },
  {
    name: 'cells are joined',
    before: '<table><tbody><tr><td>a</td><td>b</td></tr></tbody></table>',
    after: '<table><tbody><tr><td colspan="2">ab</td></tr></tbody></table>',
  },
  {
    name: 'the head of a table goes behind its body',
    before: '<table><thead><tr><th>h</th></tr></thead><tbody><tr><td>a</td></tr></tbody></table>',
    after: '<table><tbody><tr><td>a</td></tr></tbody><tfoot><tr><th>h</th></tr></tfoot></table>',
  },
  {
    name: 'a circle in a drawing is a circle of SVG',
    before: '<svg></svg>',
    after: '<svg><circle r="1"></circle></svg>',
    check: (root) => ({ svg: get(root, 'circle').namespaceURI?.endsWith('svg') === true }),
  },
  {
    name: 'HTML inside a drawing is HTML',
    before: '<svg><foreignObject></foreignObject></svg>',
    after: '<svg><foreignObject><p>a</p></foreignObject></svg>',
    check: (root) => ({ html: get(root, 'p').namespaceURI?.endsWith('xhtml') === true }),
  },
  {
    name: 'a formula grows',
    before: '<math><mi>x</mi></math>',
    after: '<math><msup><mi>x</mi><mn>2</mn></msup></math>',
    check: (root) => ({ math: get(root, 'msup').namespaceURI?.endsWith('MathML') === true }),
  },
  { name: 'a list becomes empty', before: rows('a', 'b'), after: '<ul></ul>' },
  { name: 'an empty list fills', before: '<ul></ul>', after: rows('a', 'b') },
  {
    name: 'lists in lists',
    before: `<ul><li data-key="1">${rows('a', 'b')}</li></ul>`,
    after: `<ul><li data-key="2">${rows('c')}</li><li data-key="1">${rows('b', 'a')}</li></ul>`,
  },
  {
    name: 'an iframe is left alone',
    before: '<p>a</p><iframe title="t"></iframe>',
    after: '<p>b</p><iframe title="t"></iframe>',
  },
  {
    name: 'a noscript changes',
    before: '<noscript><p>a</p></noscript>',
    after: '<noscript><p>b</p></noscript>',
    isForPatches: true,
  },
  {
    name: 'a script that comes in does not run',
    before: '<p>a</p>',
    after: '<p>a</p><script>globalThis.edgeCaseRan = true</script>',
    check: () => ({ quiet: !('edgeCaseRan' in globalThis) }),
  },
];

const KEYS: readonly EdgeCase[] = [
  {
    name: 'a row with the same key is the same node',
    before: rows('a', 'b', 'c'),
    after: rows('c', 'x', 'a', 'b'),
    act: (root) => mark(root, '[data-key=b]'),
    check: (root) => ({ same: isMarked(root, '[data-key=b]') }),
  },
  {
    name: 'a row with another key is another node',
    before: rows('a'),
    after: rows('b'),
    act: (root) => mark(root, 'li'),
    check: (root) => ({ other: !isMarked(root, 'li') }),
  },
  { name: 'two rows have the same key', before: rows('a', 'a', 'b'), after: rows('b', 'a', 'a', 'a') },
  {
    name: 'rows with and without a key stand together',
    before: '<ul><li data-key="a">a</li><li>x</li><li data-key="b">b</li></ul>',
    after: '<ul><li>y</li><li data-key="b">b</li><li>x</li><li data-key="a">a</li></ul>',
  },
  { name: 'ABC becomes BCA', before: rows('A', 'B', 'C'), after: rows('B', 'C', 'A') },
  { name: 'AB becomes XBA', before: rows('A', 'B'), after: rows('X', 'B', 'A') },
  {
    name: 'a hundred rows turn around',
    before: rows(...Array(100).keys()),
    after: rows(...[...Array(100).keys()].reverse()),
  },
  {
    name: 'more than a dozen operations in one batch',
    before: rows(...'abcdefghijklmnop'),
    after: rows(...'pxbonqdmryflzghi'),
  },
  {
    name: 'a row goes from one list to another',
    before: `<div id="one">${rows('a', 'b')}</div><div id="two">${rows('c')}</div>`,
    after: `<div id="one">${rows('a')}</div><div id="two">${rows('b', 'c')}</div>`,
  },
];

const USER: readonly EdgeCase[] = [
  {
    name: 'the focus stays in a row that moves',
    before: fields('a', 'b', 'c'),
    after: fields('c', 'b', 'a'),
    act: (root) => get(root, '[name=c]').focus(),
    check: (root) => ({ focus: document.activeElement === get(root, '[name=c]') }),
  },
  {
    name: 'the selection stays in a row that moves',
    before: fields('a', 'b'),
    after: fields('b', 'a'),
    act: (root) => {
      get(root, '[name=b]').focus();
      get(root, '[name=b]').setSelectionRange(1, 4, 'backward');
    },
    check: (root) => {
      const { selectionStart, selectionEnd, selectionDirection } = get(root, '[name=b]');
      return { start: selectionStart === 1, end: selectionEnd === 4, backward: selectionDirection === 'backward' };
    },
  },
  {
    name: 'the focus stays when rows come in front',
    before: fields('a'),
    after: fields('x', 'y', 'a'),
    act: (root) => get(root, '[name=a]').focus(),
    check: (root) => ({ focus: document.activeElement === get(root, '[name=a]') }),
  },
  {
    name: 'what is scrolled stays scrolled when a neighbour changes',
    before: `<p>a</p><div id="s" style="height: 20px; overflow: auto">${'<p>x</p>'.repeat(20)}</div>`,
    after: `<p>b</p><div id="s" style="height: 20px; overflow: auto">${'<p>x</p>'.repeat(20)}</div>`,
    act: (root) => {
      get(root, '#s').scrollTop = 40;
    },
    check: (root) => ({ there: get(root, '#s').scrollTop === 40 }),
  },
  {
    name: 'details that the user opened stay open',
    before: '<details><summary>s</summary>a</details>',
    after: '<details><summary>s</summary>b</details>',
    act: (root) => {
      get<HTMLDetailsElement>(root, 'details').open = true;
    },
    check: (root) => ({ open: get<HTMLDetailsElement>(root, 'details').open }),
    isTheUsers: true,
  },
  {
    name: 'details that the server opens are open',
    before: '<details><summary>s</summary>a</details>',
    after: '<details open><summary>s</summary>a</details>',
    check: (root) => ({ open: get<HTMLDetailsElement>(root, 'details').open }),
    isForPatches: true,
  },
  {
    name: 'a modal dialog stays modal when its content changes',
    before: '<dialog><p>a</p></dialog>',
    after: '<dialog><p>b</p></dialog>',
    act: (root) => get<HTMLDialogElement>(root, 'dialog').showModal(),
    check: (root) => ({ modal: get(root, 'dialog').matches(':modal') }),
    isTheUsers: true,
  },
  {
    name: 'what a script put into an ignored element stays',
    before: '<div dj-update="ignore"><p>a</p></div><p>x</p>',
    after: '<div dj-update="ignore"><p>b</p></div><p>y</p>',
    act: (root) => get(root, 'div').replaceChildren('a map'),
    check: (root) => ({ map: get(root, 'div').textContent === 'a map', other: get(root, 'p').textContent === 'y' }),
    isTheUsers: true,
  },
  {
    name: 'a custom element is not made anew',
    before: '<my-thing a="1"><p>x</p></my-thing>',
    after: '<my-thing a="2"><p>y</p></my-thing>',
    act: (root) => mark(root, 'my-thing'),
    check: (root) => ({ same: isMarked(root, 'my-thing') }),
  },
  {
    name: 'children of a shadow host change, its shadow does not',
    before: '<div id="host"><p>a</p></div>',
    after: '<div id="host"><p>b</p></div>',
    act: (root) => get(root, '#host').attachShadow({ mode: 'open' }).append(document.createElement('slot')),
    check: (root) => ({ shadow: get(root, '#host').shadowRoot?.firstElementChild?.localName === 'slot' }),
  },
  {
    name: 'an iframe that moves is not loaded again',
    before: '<div><p data-key="a">a</p><iframe data-key="f" title="f"></iframe></div>',
    after: '<div><iframe data-key="f" title="f"></iframe><p data-key="a">a</p></div>',
    act: (root) => {
      const { contentWindow } = get<HTMLIFrameElement>(root, 'iframe');
      Object.assign(contentWindow as Window, { isMarked: true });
    },
    check: (root) => {
      const inside = get<HTMLIFrameElement>(root, 'iframe').contentWindow as unknown as { isMarked?: boolean };
      return { kept: inside.isMarked === true };
    },
  },
  {
    name: 'a video that moves goes on',
    before: '<div><p data-key="a">a</p><video data-key="v"></video></div>',
    after: '<div><video data-key="v"></video><p data-key="a">a</p></div>',
    act: (root) => {
      get<HTMLVideoElement>(root, 'video').volume = 0.25;
      mark(root, 'video');
    },
    check: (root) => ({ same: isMarked(root, 'video'), volume: get<HTMLVideoElement>(root, 'video').volume === 0.25 }),
  },
];

export const EDGE_CASES: readonly EdgeCase[] = [...ATTRIBUTES, ...FIELDS, ...TEXT, ...STRUCTURE, ...KEYS, ...USER];
