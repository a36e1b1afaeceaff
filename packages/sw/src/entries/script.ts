import { startServiceWorker } from '../page/start.ts';

/** For script tags: `<meta name="djust-sw" content="/sw.js" data-update="auto">` says where the worker is. */
const meta = document.querySelector<HTMLMetaElement>('meta[name=djust-sw]');
startServiceWorker({
  ...(meta?.content && { url: meta.content }),
  update: meta?.dataset.update === 'auto' ? 'auto' : 'prompt',
});
