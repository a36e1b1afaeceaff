/** Attributes that a candidate adds for itself, and those that say nothing. */
const isOwn = ({ name, value }: Attr): boolean =>
  name === 'dj-id' || name.startsWith('data-phx') || (name === 'class' && value === '');

/**
 * The first place where two trees differ, or nothing. Comments and the candidates' own attributes do not count;
 * neighbouring texts read as one.
 */
export function difference(actual: Element, expected: Element, path = ''): string | undefined {
  const [left, right] = [childrenOf(actual), childrenOf(expected)];
  if (left.length !== right.length) return `${path}: ${left.length} children instead of ${right.length}`;
  for (let at = 0; at < left.length; at++) {
    const [a, b] = [left[at] as Element | string, right[at] as Element | string];
    const here = `${path}/${at}`;
    if (typeof a === 'string' || typeof b === 'string') {
      if (a !== b) return `${here}: ${nameOf(a)} instead of ${nameOf(b)}`;
      continue;
    }
    const found = ownDifference(a, b) ?? difference(a, b, here);
    if (found) return found.startsWith('/') ? found : `${here}: ${found}`;
  }
  return undefined;
}

function ownDifference(a: Element, b: Element): string | undefined {
  const [left, right] = [headOf(a), headOf(b)];
  return left === right ? undefined : `${left} instead of ${right}`;
}

function headOf(element: Element): string {
  const attributes = [...element.attributes].filter((attribute) => !isOwn(attribute));
  return [element.localName, ...attributes.map(({ name, value }) => `${name}=${value}`).sort()].join(' ');
}

function childrenOf(element: Element): (Element | string)[] {
  const children: (Element | string)[] = [];
  for (const node of element.childNodes) {
    if (node instanceof Element) children.push(node);
    else if (node instanceof Text && node.data !== '') {
      if (typeof children.at(-1) === 'string') children.push(`${children.pop()}${node.data}`);
      else children.push(node.data);
    }
  }
  return children;
}

const nameOf = (node: Element | string): string => (typeof node === 'string' ? `"${node}"` : headOf(node));
