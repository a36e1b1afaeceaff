import type { ServerOptions } from '../src/server.ts';
import type { ViewSpec } from '../src/view/define-view.ts';
import { type Rig, rig, type TestClient } from './rig.ts';
import { type Counter, counter } from './views.ts';

/** What a test changes in the counter view. */
export type Spec = Partial<ViewSpec<Counter>>;

export async function connected(
  spec: Spec = {},
  options: Partial<ServerOptions> = {},
): Promise<Rig & { client: TestClient }> {
  const all = rig(counter(spec), options);
  return { ...all, client: await all.connect() };
}

export async function mounted(
  spec: Spec = {},
  options: Partial<ServerOptions> = {},
): Promise<Rig & { client: TestClient }> {
  const all = await connected(spec, options);
  await all.client.mount();
  return all;
}

/** A page that came over HTTP, and the socket that took it over. */
export async function adopted(
  spec: Spec = {},
  options: Partial<ServerOptions> = {},
): Promise<Rig & { client: TestClient; session: string }> {
  const all = rig(counter(spec), options);
  const page = await all.get();
  const client = (await all.connect()).show(page);
  await client.mount({ ext: { session: page.session, version: page.version } });
  return { ...all, client, session: page.session };
}

/** A promise that a test settles. */
export function gate<T = void>(): { opened: Promise<T>; open: (value: T) => void } {
  let open: (value: T) => void = () => {};
  const opened = new Promise<T>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}
