export type { Client, ClientParts } from './client.ts';
export type { ClientConfig, ClientOptions } from './config.ts';
export type { Directive, Feature, FeatureContext, PushOptions, Rate } from './context.ts';
export type { DjustEvent, DjustEventMap, Emitter, EventDetail, EventOutcome } from './emitter.ts';
export { createClient } from './entries/guard.ts';
export { browserClock, type Clock } from './lib/clock.ts';
export type { Link, Transport, TransportEvents } from './lib/transport.ts';
export { whenReady } from './lib/when-ready.ts';
export { socketUrl, webSocketTransport } from './transport/websocket.ts';
