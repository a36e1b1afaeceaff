import type { UploadProgressFrame, UploadResumedFrame } from '@djust/protocol';
import { LIMITS } from '@djust/protocol';
import type { Feature, FeatureContext } from '../context.ts';

/** Kind, uuid, index. */
const HEADER_BYTES = 21;
const [CHUNK, COMPLETE] = [1, 2];
/** 64 KiB with the header would be one frame too large for the server's default (trap W12). */
const CHUNK_BYTES: number = LIMITS.maxMessageBytes - HEADER_BYTES;
/** A server counts 200 frames of uploads a second. */
const PAUSE_MS = 7;

interface Upload {
  readonly name: string;
  readonly file: File;
  readonly ref: string;
  readonly id: Uint8Array;
  /** Counts the times it was begun or taken up; an earlier one ends. */
  run: number;
}

const open: Map<string, Upload> = new Map();

/**
 * `<input type="file" dj-upload="avatar">` and `<div dj-upload-drop="avatar">`: files travel in pieces over the socket. After
 * a break of the connection an upload goes on where the server has it, or from the beginning. @see wire spec 4.7
 */
export const uploads: Feature = {
  name: 'uploads',
  frames: {
    upload_registered: (frame, context) => void send(`${(frame as { ref?: string }).ref}`, 0, context),
    upload_resumed: (frame, context) => {
      const { ref, status, chunks_received } = frame as UploadResumedFrame;
      const upload = open.get(ref);
      if (!upload) return;
      const got = new Set(Array.isArray(chunks_received) ? chunks_received : []);
      let next = 0;
      while (got.has(next)) next++;
      if (status === 'resumed') void send(ref, next, context);
      else if (status === 'not_found') register(upload, context);
    },
    upload_progress: (frame) => tell(frame as UploadProgressFrame),
  },
  install(context) {
    const { signal, on } = context;
    const add = (name: string | null | undefined, files: FileList | null | undefined): void => {
      if (name) for (const file of files ?? []) begin(name, file, context);
    };
    const zoneOf = ({ target }: Event): Element | null => (target as Element).closest?.('[dj-upload-drop]');
    document.addEventListener(
      'change',
      ({ target }) => {
        const field = target as HTMLInputElement;
        if (field.type === 'file') add(field.getAttribute('dj-upload'), field.files);
      },
      { signal },
    );
    document.addEventListener('dragover', (event) => zoneOf(event) && event.preventDefault(), { signal });
    document.addEventListener(
      'drop',
      (event) => {
        const zone = zoneOf(event);
        if (!zone) return;
        event.preventDefault();
        add(zone.getAttribute('dj-upload-drop'), event.dataTransfer?.files);
      },
      { signal },
    );
    on('djust:view-mounted', () => open.forEach(({ ref }) => void context.send({ type: 'upload_resume', ref })));
  },
};

function begin(name: string, file: File, context: FeatureContext): void {
  const id = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(id, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const ref = hex.replace(/(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
  const upload = { name, file, ref, id, run: 0 };
  open.set(ref, upload);
  register(upload, context);
}

function register({ name, file, ref }: Upload, { send }: FeatureContext): void {
  send({
    type: 'upload_register',
    upload_name: name,
    ref,
    client_name: file.name,
    client_type: file.type,
    client_size: file.size,
    resumable: true,
  });
}

async function send(ref: string, from: number, context: FeatureContext): Promise<void> {
  const upload = open.get(ref);
  if (!upload) return;
  const { file, id } = upload;
  const run = ++upload.run;
  for (let at = from; at * CHUNK_BYTES < file.size; at++) {
    const part = await file.slice(at * CHUNK_BYTES, (at + 1) * CHUNK_BYTES).arrayBuffer();
    const frame = new Uint8Array(HEADER_BYTES + part.byteLength);
    frame[0] = CHUNK;
    frame.set(id, 1);
    new DataView(frame.buffer).setUint32(17, at);
    frame.set(new Uint8Array(part), HEADER_BYTES);
    // The connection broke, it was taken up anew meanwhile, or the server ended it.
    if (run !== upload.run || !open.has(ref) || !context.send(frame)) return;
    await new Promise<void>((go) => context.clock.after(PAUSE_MS, go));
  }
  if (run === upload.run) context.send(Uint8Array.of(COMPLETE, ...id));
}

function tell({ ref, progress, status, error }: UploadProgressFrame): void {
  const upload = open.get(ref);
  if (status !== 'uploading') open.delete(ref);
  for (const shown of document.querySelectorAll(`[data-upload-ref="${CSS.escape(ref)}"]`)) {
    const bar = shown.querySelector<HTMLElement>('.upload-progress-bar');
    const text = shown.querySelector('.upload-progress-text');
    if (bar) bar.style.width = `${progress}%`;
    if (text) text.textContent = `${progress}%`;
  }
  const detail = { ref, progress, status, uploadName: upload?.name, error, file: upload?.file };
  dispatchEvent(new CustomEvent(`djust:upload:${error ? 'error' : 'progress'}`, { detail }));
}
