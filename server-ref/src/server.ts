import { CLOSE, DjustError, type ExtFeature, FEATURES, faultOf, LIMITS } from '@djust/protocol';
import type { Peer, PeerHandler } from './adapters/peer.ts';
import { type Bus, memoryBus } from './bus/bus.ts';
import { memoryPresence, type Presence } from './bus/presence.ts';
import { type Clock, inTime, systemClock } from './clock.ts';
import { SpanHistograms } from './debug/histogram.ts';
import { type OnTrace, SessionProbe } from './debug/probe.ts';
import type { Reloaded } from './debug/reload.ts';
import { answerOf } from './debug/requests.ts';
import { type PageLayout, plainLayout, type ShellLayout } from './layout.ts';
import { jsonLogger, type Logger } from './logger.ts';
import { renderPage } from './pages.ts';
import { answerShell, shellOf } from './pwa/shell.ts';
import { isAllowedOrigin } from './security/http.ts';
import { addressKey, ConnectionCount } from './security/rate-limit.ts';
import { Connection } from './session/connection.ts';
import { Doors } from './session/doors.ts';
import type { SessionHost } from './session/host.ts';
import { SessionRegistry } from './session/registry.ts';
import { type Owner, type SnapshotOptions, Snapshots } from './session/snapshots.ts';
import { memoryStore } from './state/memory.ts';
import type { StateStore } from './state/store.ts';
import type { Principal, View } from './view/define-view.ts';

export interface ServerOptions {
  /** Path of a page → its view. */
  pages: Record<string, View>;
  /** The document around a view; as an object, its frame can be shown before the page is there. */
  layout?: PageLayout | ShellLayout;
  /** Names the visitor's session for the service worker; another name makes it forget what it kept. Not a secret. */
  epoch?: (request: Request) => string | Promise<string>;
  /** Origins besides the server's own that may open a socket, exactly as browsers write them. */
  allowedOrigins?: readonly string[];
  /** Who the visitor is, from the request that renders the page or opens the socket. A throw refuses. */
  principal?: (request: Request) => Principal | null | Promise<Principal | null>;
  /** Error frames with causes and hints, frozen states. Default: NODE_ENV is not `production`. */
  isDevelopment?: boolean;
  /** Extensions on offer; `[]` makes a plain djust 1.x server. */
  features?: readonly ExtFeature[];
  /**
   * Names what the pages are made of, a commit for one. A page that another build has made is loaded anew, once, when its
   * session comes to this process; its state goes on. Default: pages stay as they are.
   */
  build?: string;
  /** Path of the socket. */
  socketPath?: string;
  store?: StateStore;
  /** Lets browsers keep the state of pages that are left, for views with `restore`. @see snapshotEndpoint */
  snapshots?: SnapshotOptions;
  bus?: Bus;
  presence?: Presence;
  clock?: Clock;
  log?: Logger;
  /** Hears how long each event took, and its spans; in production too. @see openTelemetry */
  onTrace?: OnTrace;
  /** Names of fields whose values the debug panel must not see. Default: passwords, tokens, secrets, keys. */
  redact?: RegExp;
}

/** A server without a network: adapters feed it requests and peers. */
export interface DjustServer {
  readonly socketPath: string;
  readonly bus: Bus;
  /** How many sessions this process holds. */
  readonly sessionCount: number;
  /** Answers a page; undefined when no page has this path. */
  fetch(request: Request): Promise<Response | undefined>;
  /** The state of a session, sealed for the browser of whoever asks. Undefined when it is not theirs, or not to be kept. */
  snapshot(request: Request, session: string): Promise<string | undefined>;
  /** Takes a socket over. The handler gets its messages until `closed`. */
  connect(peer: Peer, request: Request): Promise<PeerHandler>;
  /**
   * Puts another version of a view, known by its name, in the place of the one that runs: for pages to come and for those
   * that are open. In development only; answers what became of each open page.
   * @param file  what is said to have changed
   */
  reload(view: View, file?: string): Promise<readonly Reloaded[]>;
  /**
   * The login of this person has ended: closes their sockets (4401) and ends their sessions, in all processes on the bus.
   * Their browsers forget what they kept.
   */
  signOut(principalId: string): void;
  /** It sends its visitors on and takes no new ones: nothing should be sent here any more. */
  readonly isDraining: boolean;
  /**
   * Ends this process's part gently: pages are still answered, new sockets are sent on, the open ones one after the other
   * within `windowMs` (default: 5 s). Resolves when all have gone and what they did is stored; then `close`.
   */
  drain(windowMs?: number): Promise<void>;
  /** Ends every session of this process at once; what a shared store keeps goes on elsewhere. */
  close(): void;
}

/** What processes tell each other. */
const SIGNED_OUT = 'djust:signed-out';

export function createServer(options: ServerOptions): DjustServer {
  const clock = options.clock ?? systemClock;
  const bus = options.bus ?? memoryBus();
  const { onTrace, redact } = options;
  const histograms = new SpanHistograms();
  const isDevelopment = options.isDevelopment ?? process.env.NODE_ENV !== 'production';
  const host: SessionHost = {
    clock,
    bus,
    presence: options.presence ?? memoryPresence(bus),
    store: options.store ?? memoryStore(),
    log: options.log ?? jsonLogger,
    isDevelopment,
    build: options.build,
    probe:
      isDevelopment || onTrace
        ? (probed) =>
            new SessionProbe(probed, { clock, onTrace, redact, histograms, ...(isDevelopment && { answer: answerOf }) })
        : undefined,
  };
  const views = new Map<string, View>();
  for (const [path, view] of Object.entries(options.pages)) {
    if (!path.startsWith('/')) throw new DjustError(faultOf('config/invalid', `pages["${path}"]`, 'begin with /'));
    const same = views.get(view.name);
    if (same && same !== view) throw new DjustError(faultOf('config/invalid', view.name, 'two views of this name'));
    views.set(view.name, view);
  }
  const pages = new Map(Object.entries(options.pages));
  // What not everybody may see is not told to everybody; such a page is loaded, and says itself who may.
  const open = [...pages].filter(([, view]) => !view.authorize);
  const routes = Object.fromEntries(open.map(([path, { name }]) => [path, name]));
  const sessions = new SessionRegistry(host, views);
  const { layout = plainLayout, epoch: epochOf } = options;
  const shell = typeof layout === 'object' ? shellOf(layout) : undefined;
  const pageLayout = typeof layout === 'object' ? plainLayout : layout;
  const count = new ConnectionCount();
  const doors = new Doors(clock);
  const unsubscribe = bus.subscribe(SIGNED_OUT, ({ principalId }) => {
    doors.signOut(`${principalId}`);
    sessions.signOut(`${principalId}`);
  });
  const principalOf = async (request: Request): Promise<Principal | null> =>
    (await inTime(clock, 'principal', () => options.principal?.(request))) ?? null;

  const snapshots = options.snapshots && new Snapshots(host, views, options.snapshots);
  const ownerOf = async (request: Request, principal: Principal | null): Promise<Owner> => ({
    principalId: principal?.id ?? null,
    epoch: (await epochOf?.(request)) ?? '',
  });

  return {
    socketPath: options.socketPath ?? '/ws/live/',
    bus,
    get sessionCount() {
      return sessions.size;
    },
    async fetch(request) {
      const view = pages.get(new URL(request.url).pathname);
      if (!view) return shell && answerShell(request, shell);
      const canRestore = !!snapshots && !!view.restore;
      const parts = { host, sessions, principalOf, layout: pageLayout, shell, epochOf, routes, canRestore };
      return renderPage(view, request, parts);
    },
    async snapshot(request, session) {
      try {
        return await snapshots?.seal(session, await ownerOf(request, await principalOf(request)));
      } catch (error) {
        host.log({ level: 'error', message: 'state not sealed', error });
        return undefined;
      }
    },
    async connect(peer, request) {
      const { headers, url } = request;
      const refuse = (code: number, reason: string): PeerHandler => {
        peer.close(code, reason);
        return { text: () => {}, closed: () => {} };
      };
      if (doors.isDraining) return refuse(CLOSE.restart, String(LIMITS.comeBackMs));
      if (!isAllowedOrigin(headers.get('origin'), new URL(url).origin, options.allowedOrigins ?? [])) {
        return refuse(CLOSE.forbidden, 'origin');
      }
      const giveBack = count.grant(addressKey(peer.address));
      if (!giveBack) return refuse(CLOSE.limited, 'connections');
      let principal: Principal | null;
      try {
        principal = await principalOf(request);
      } catch (error) {
        giveBack();
        host.log({ level: 'error', message: 'principal failed', error });
        return refuse(CLOSE.forbidden, 'principal');
      }
      // It has begun to end while we looked who this is.
      if (doors.isDraining) {
        giveBack();
        return refuse(CLOSE.restart, String(LIMITS.comeBackMs));
      }
      const features = options.features ?? FEATURES;
      const kept = snapshots?.of(() => ownerOf(request, principal));
      const connection = new Connection(peer, { host, sessions, views, pages, principal, features, kept });
      doors.enter(connection);
      return {
        text: (message) => connection.text(message),
        closed: () => {
          giveBack();
          doors.left(connection);
          connection.closed();
        },
      };
    },
    async reload(view, file = '') {
      if (!isDevelopment || !views.has(view.name)) return [];
      views.set(view.name, view);
      for (const [path, { name }] of pages) if (name === view.name) pages.set(path, view);
      const open = sessions.showing(view.name).flatMap(({ probe }) => (probe ? [probe.reload(view, file)] : []));
      return Promise.all(open);
    },
    signOut: (principalId) => bus.publish(SIGNED_OUT, { principalId }),
    get isDraining() {
      return doors.isDraining;
    },
    async drain(windowMs = LIMITS.drainMs) {
      await doors.drain(windowMs);
      await sessions.answered();
      await host.store.flush?.();
    },
    close() {
      unsubscribe();
      sessions.close();
    },
  };
}
