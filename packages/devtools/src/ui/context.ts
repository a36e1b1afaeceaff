import type { Clock } from '../clock.ts';
import type { DebugEvent } from '../model/entries.ts';
import type { TraceStore } from '../model/trace-store.ts';
import type { Prefs } from '../prefs.ts';
import type { Recorder } from '../recorder.ts';
import type { ServerLink } from '../server-link.ts';
import type { Simulator } from '../simulator.ts';

/** What the client on the page lets the panel do. */
export interface PageClient {
  readonly phase: string;
  readonly openEvents: number;
  push(event: string, params?: Record<string, unknown>): Promise<{ status: string; ref?: number; reason?: string }>;
}

/** What is looked at: tabs follow each other by the event. */
export interface Selection {
  eventId?: number | undefined;
  frameId?: number | undefined;
}

/** What a tab may know and do. */
export interface PanelContext {
  readonly recorder: Recorder;
  readonly store: TraceStore;
  readonly link: ServerLink;
  /** There once the settings were open. */
  simulator?: Simulator;
  readonly clock: Clock;
  readonly prefs: Prefs;
  readonly selection: Selection;
  /** Ends with the panel. */
  readonly signal: AbortSignal;
  client(): PageClient | undefined;
  /** The root of the view on the page. */
  root(): Element | undefined;
  save(): void;
  /** Opens a tab; with an event, at that event. */
  show(tab: string, selection?: Selection): void;
  /** Says a sentence in the status line, which assistive technology reads out. */
  say(text: string): void;
  /** Draws the open tab anew, soon. */
  refresh(): void;
  /** Frames nodes of the page; nothing takes the frame away. */
  highlight(nodes: readonly Element[]): void;
  /** Replays an event on the live session. */
  replay(event: Pick<DebugEvent, 'name' | 'params'>): Promise<string>;
  /** Which errors were seen lately, to be shown as an overlay. */
  showError(event: DebugEvent): void;
}

export interface TabView {
  readonly element: HTMLElement;
  /** What is held has changed, or the selection has. */
  update(): void;
  /** The tab was left. */
  dispose?(): void;
  /** Resolves when what had to be fetched is there. */
  ready?(): Promise<void>;
  /** Where `/` leads. */
  readonly search?: HTMLElement | undefined;
}

/** A tab of the panel; its code is loaded when it is opened. */
export interface TabSpec {
  readonly id: string;
  readonly title: string;
  /** A number beside the title. */
  readonly count?: (context: PanelContext) => { text: string; isBad?: boolean } | undefined;
  readonly load: () => Promise<(context: PanelContext) => TabView>;
}
