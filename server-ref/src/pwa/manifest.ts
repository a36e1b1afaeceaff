import { DjustError, faultOf } from '@djust/protocol';

export interface AppIcon {
  readonly src: string;
  /** `512x512`, or `any` for a drawing that fits every size. */
  readonly sizes: string;
  readonly type: string;
  readonly purpose?: 'any' | 'maskable';
}

export interface AppManifest {
  readonly name: string;
  readonly shortName?: string;
  readonly startUrl?: string;
  readonly themeColor: string;
  readonly backgroundColor?: string;
  readonly display?: 'standalone' | 'minimal-ui' | 'browser' | 'fullscreen';
  readonly icons: readonly AppIcon[];
}

/** Says what the site is when it is installed. @throws config/invalid when a browser would refuse it */
export function webManifest(
  app: AppManifest,
  path = '/manifest.webmanifest',
): (request: Request) => Promise<Response | undefined> {
  const fault = faultIn(app);
  if (fault) throw new DjustError(faultOf('config/invalid', fault.at, fault.why));
  const {
    name,
    shortName = name,
    startUrl = '/',
    themeColor,
    backgroundColor = themeColor,
    display = 'standalone',
  } = app;
  const body = JSON.stringify({
    id: startUrl,
    name,
    short_name: shortName,
    start_url: startUrl,
    scope: '/',
    display,
    theme_color: themeColor,
    background_color: backgroundColor,
    icons: app.icons,
  });
  const headers = {
    'content-type': 'application/manifest+json',
    'cache-control': 'no-cache',
    'x-content-type-options': 'nosniff',
  };
  return async ({ url }) => (new URL(url).pathname === path ? new Response(body, { headers }) : undefined);
}

function faultIn({ name, startUrl = '/', icons }: AppManifest): { at: string; why: string } | undefined {
  if (!name) return { at: '/name', why: 'give the app a name' };
  if (!startUrl.startsWith('/')) return { at: '/startUrl', why: 'begin with /' };
  for (const size of ['192x192', '512x512'])
    if (!icons.some(({ sizes }) => sizes === 'any' || sizes.split(' ').includes(size)))
      return { at: '/icons', why: `an icon of ${size} is missing` };
  if (!icons.some(({ purpose }) => purpose === 'maskable')) return { at: '/icons', why: 'a maskable icon is missing' };
  return undefined;
}
