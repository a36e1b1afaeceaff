import { defineView, html, repeat, svg } from '@djust/server';

type State = { now: number; isRunning: boolean };

const PLACES = {
  Honolulu: 'Pacific/Honolulu',
  'New York': 'America/New_York',
  London: 'Europe/London',
  Cairo: 'Africa/Cairo',
  Delhi: 'Asia/Kolkata',
  Tokyo: 'Asia/Tokyo',
};

const timeIn = (timeZone: string, now: number): string =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', second: '2-digit' }).format(now);

const hand = (length: number, turns: number, kind: string) =>
  svg`<line class=${kind} y2=${-length} transform="rotate(${Math.round(turns * 3600) / 10})"></line>`;

/** No style attributes, which the security policy forbids: the hands turn by an attribute of SVG. */
function face(time: string) {
  const [hours = 0, minutes = 0, seconds = 0] = time.split(':').map(Number);
  return html`<svg class="face" viewBox="-50 -50 100 100" aria-hidden="true">
    <circle r="48"></circle>
    ${hand(24, ((hours % 12) + minutes / 60) / 12, 'hours')}
    ${hand(36, (minutes + seconds / 60) / 60, 'minutes')}
    ${hand(40, seconds / 60, 'seconds')}
  </svg>`;
}

export const clock = defineView({
  name: 'gallery.clock',
  title: ({ isRunning }) => (isRunning ? 'Clock' : 'Clock, stopped'),
  state: { now: 0, isRunning: true } as State,
  mount: () => ({ now: Date.now() }),
  // Runs while a browser is attached. Where nothing changes, nothing is sent.
  tick: { everyMs: 1000, handle: ({ isRunning }) => (isRunning ? { now: Date.now() } : {}) },
  events: {
    start: () => ({ now: Date.now(), isRunning: true }),
    stop: () => ({ isRunning: false }),
  },
  render: ({ now, isRunning }) => html`
    <ul class="clocks">
      ${repeat(
        Object.entries(PLACES),
        ([name]) => name,
        ([name, zone]) => html`
          <li>${face(timeIn(zone, now))}<b>${name}</b><time datetime=${new Date(now).toISOString()}>${timeIn(zone, now)}</time></li>`,
      )}
    </ul>
    <div class="buttons">
      <button type="button" class="primary" dj-click=${isRunning ? 'stop' : 'start'}>${isRunning ? 'Stop' : 'Start'}</button>
      <span role="status">${isRunning ? 'The server sends the time every second.' : 'Stopped. The server sends nothing.'}</span>
    </div>`,
});
