import type { WorkerChannel } from './channel.ts';

/** Fills `<ul dj-offline-pages>` on the offline page with what the user may read without a network. */
export async function listOfflinePages(channel: WorkerChannel): Promise<void> {
  const lists = document.querySelectorAll('[dj-offline-pages]');
  if (lists.length === 0) return;
  const pages = await channel.ask('list-pages');
  if (!Array.isArray(pages)) return;
  for (const list of lists) list.replaceChildren(...pages.flatMap(itemOf));
}

function itemOf(page: unknown): Element[] {
  const { url, title } = (page ?? {}) as { url?: unknown; title?: unknown };
  if (typeof url !== 'string' || !URL.canParse(url) || new URL(url).origin !== location.origin) return [];
  const link = document.createElement('a');
  link.href = url;
  link.textContent = typeof title === 'string' && title ? title : new URL(url).pathname;
  const item = document.createElement('li');
  item.append(link);
  return [item];
}
