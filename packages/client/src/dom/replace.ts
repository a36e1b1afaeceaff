import { parseHtml } from './html.ts';
import { keepPlace } from './preserve.ts';

/** Brings whole HTML into the root: after a mount that found no session, for a recovery, for an update without operations. */
export type MergeHtml = (root: Element, html: string) => void;

type Field = HTMLInputElement | HTMLTextAreaElement;

/** The plain way: new nodes, in which fields of the same name keep what the user has typed. */
export const replaceContent: MergeHtml = (root, html) => {
  const typed = [...root.querySelectorAll<Field>('input[name],textarea[name]')].filter(isEdited);
  keepPlace(root, () => {
    root.replaceChildren(parseHtml(html, root));
    for (const old of typed) {
      const field = root.querySelector<Field>(`${old.localName}[name="${CSS.escape(old.name)}"]`);
      if (field?.defaultValue === old.defaultValue) field.value = old.value;
    }
  });
};

const isEdited = (field: Field): boolean =>
  !/^(checkbox|radio|file)$/.test(field.type) && field.value !== field.defaultValue;
