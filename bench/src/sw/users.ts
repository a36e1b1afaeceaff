import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Site } from './site.ts';

/** What no other user may ever find. */
export const canaryOf = (user: string): string => `CANARY-OF-${user}`;

/** Sign-in and pages of one's own, on the contract of the worker: another epoch whenever the user is another one. */
export class Users {
  readonly #sessions = new Map<string, string>();
  #count = 0;
  /** A server that forgets to say that the user has changed. */
  readonly isSilent: boolean;

  constructor(isSilent = false) {
    this.isSilent = isSilent;
  }

  /** Ends every session as an expiry does: nobody is told. */
  expire(): void {
    this.#sessions.clear();
  }

  readonly answer = async (request: IncomingMessage, response: ServerResponse, site: Site): Promise<boolean> => {
    const [, path = ''] = /^(\/user\/[\w-]+)/.exec(request.url ?? '') ?? [];
    if (!path) return false;
    const [, session = ''] = /session=(\w+)/.exec(request.headers.cookie ?? '') ?? [];
    if (request.method === 'POST') {
      const [, user] = /^\/user\/in-(\w+)/.exec(path) ?? [];
      this.#sessions.delete(session);
      const next = `s${++this.#count}`;
      if (user) this.#sessions.set(next, user);
      response.writeHead(303, {
        location: '/user/home',
        'set-cookie': `session=${next}; Path=/; HttpOnly`,
        connection: 'close',
      });
      response.end();
      return true;
    }
    await site.delay();
    const user = this.#sessions.get(session);
    const epoch = this.isSilent ? 'always' : user ? session : 'nobody';
    const text = user ? `${path} of ${user}: ${canaryOf(user)}` : 'Please sign in';
    const form = (name: string): string =>
      `<form method="post" action="/user/${name}"><button id="${name}">${name}</button></form>`;
    const links = [1, 2, 3, 4].map((at) => `<a id="to-${at}" href="/user/${at}">${at}</a>`).join(' ');
    site.page(request, response, {
      title: `${path} ${user ? canaryOf(user) : ''}`,
      main: `<div data-dj-epoch="${epoch}" data-dj-layout="app"><h1 elementtiming="main">${text}</h1><p>${links}</p>${['in-A', 'in-B', 'out'].map(form).join('')}</div>`,
      headers: { 'x-session-epoch': epoch },
    });
    return true;
  };
}
