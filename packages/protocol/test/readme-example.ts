import { checkClientFrame, decode, encode, LIMITS, OP, OpWriter } from '@djust/protocol';

/** What a server does first with a text message. */
export function receive(message: string): string {
  const decoded = decode(message);
  const checked = decoded.ok ? checkClientFrame(decoded.value) : decoded;
  if (!checked.ok) return encode({ type: 'error', error: 'The message was not valid.', code: checked.fault.code });

  const frame = checked.value;
  if (frame.type !== 'event') return encode({ type: 'noop' });
  const out = new OpWriter();
  out.push(OP.text, '1', `${frame.event} with up to ${LIMITS.maxJsonKeys} parameters`);
  return encode({ type: 'patch', version: 2, ref: frame.ref, ops: out.ops });
}
