export { files } from './adapters/files.ts';
export { type Listening, type ListenOptions, listen } from './adapters/node.ts';
export type { Peer, PeerHandler } from './adapters/peer.ts';
export { type Bus, type BusListener, memoryBus } from './bus/bus.ts';
export { memoryPresence, type Presence } from './bus/presence.ts';
export { type RedisBusOptions, type RedisSubscriber, redisBus } from './bus/redis.ts';
export { type RedisPresenceOptions, redisPresence } from './bus/redis-presence.ts';
export { type Clock, systemClock } from './clock.ts';
export { type OpenTelemetryApi, openTelemetry } from './debug/open-telemetry.ts';
export type { OnTrace } from './debug/probe.ts';
export type { Reloaded } from './debug/reload.ts';
export { type FinishedTrace, type SpanNode, span } from './debug/span.ts';
export { type PageLayout, type PageParts, plainLayout, type ShellLayout } from './layout.ts';
export { jsonLogger, type LogEntry, type Logger, silentLogger } from './logger.ts';
export { type BatchOptions, batchEndpoint } from './pwa/batch.ts';
export { type EventsOptions, eventsEndpoint } from './pwa/events.ts';
export { type AppIcon, type AppManifest, webManifest } from './pwa/manifest.ts';
export { type SnapshotEndpointOptions, snapshotEndpoint } from './pwa/snapshot.ts';
export { type SyncOptions, syncEndpoint } from './pwa/sync.ts';
export type { ConflictStrategy, Mutation, MutationResult, SyncModel } from './pwa/sync-apply.ts';
export { memorySyncStore, type SyncRecord, type SyncStore, type SyncTransaction } from './pwa/sync-store.ts';
export {
  installButton,
  offlineFallback,
  offlineIndicator,
  type PwaHeadOptions,
  pwaHead,
  swRegister,
  updateBanner,
} from './pwa/templates.ts';
export { serviceWorkerFile, type WorkerFileOptions } from './pwa/worker-file.ts';
export { SECURITY_HEADERS } from './security/http.ts';
export { createServer, type DjustServer, type ServerOptions } from './server.ts';
export type { SnapshotOptions } from './session/snapshots.ts';
export { type ClientStoreOptions, clientStore } from './state/client.ts';
export { type HealthOptions, healthEndpoint } from './state/health.ts';
export { type HybridStoreOptions, hybridStore } from './state/hybrid.ts';
export type { SealKey } from './state/key-ring.ts';
export { type MemoryStoreOptions, memoryStore } from './state/memory.ts';
export { type RedisClient, type RedisStoreOptions, redisStore } from './state/redis.ts';
export type { Gone, SealedSession, Seals, SessionRecord, StateStore, StoreStats, Taken } from './state/store.ts';
export type { OfflineOptions, SyncViewOptions } from './view/away.ts';
export {
  type Change,
  defineView,
  type EventDef,
  type EventOptions,
  type Events,
  type Handler,
  type NoParams,
  type On,
  on,
  type Principal,
  type View,
  type ViewContext,
  type ViewSpec,
} from './view/define-view.ts';
export type { Derived } from './view/derived.ts';
export { html, RawHtml, Repeat, repeat, svg, TemplateResult, unsafeHtml } from './view/html.ts';
export type { StandardIssue, StandardResult, StandardSchema } from './view/standard-schema.ts';
export { renderToString } from './view/static.ts';
export { type StreamSpec, type StreamWriter, stream } from './view/stream.ts';
