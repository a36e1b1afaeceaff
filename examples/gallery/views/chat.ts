import { defineView, html, repeat, type View } from '@djust/server';
import * as v from 'valibot';

type Message = { id: string; name: string; text: string; at: string };
type Person = { session: string; name: string };
type State = { me: string; name: string; messages: Message[]; people: Person[]; sent: number };

const MOST_MESSAGES = 200;
const lastOf = (messages: Message[]): Message[] => messages.slice(-MOST_MESSAGES);
const Say = v.object({ text: v.pipe(v.string(), v.trim(), v.maxLength(500)) });

const message = ({ name, text, at }: Message) => html`
  <li><p><b>${name}</b> <time>${at}</time></p><p class="text">${text}</p></li>`;

const person = ({ name }: Person, isMe: boolean) => html`<li aria-current=${isMe ? 'true' : null}>${name}</li>`;

/** Another number makes another field, an empty one; it has the id of the old one, so it gets its focus. */
const newField = () => html`<input id="text" name="text" maxlength="500" autocomplete="off">`;

/** A room with its own memory, which lasts as long as the server. */
export function chat(): View {
  let history: Message[] = [];
  return defineView({
    name: 'gallery.chat',
    title: ({ people }) => `${people.length} here · Chat`,
    state: { me: '', name: '', messages: [], people: [], sent: 0 } as State,
    mount(ctx) {
      // The name is part of the address, so it outlives a reload, and choosing it is a plain form.
      const name = ctx.params.name?.trim().slice(0, 30) || `Guest ${ctx.sessionId.slice(0, 3)}`;
      ctx.subscribe('chat');
      ctx.present('chat', { name });
      return { me: ctx.sessionId, name, messages: history };
    },
    events: (on) => ({
      say: on(Say, ({ me, name, sent }, { text }, ctx) => {
        if (text === '') return {};
        const said: Message = { id: `${me} ${sent}`, name, text, at: new Date().toISOString().slice(11, 16) };
        history = lastOf([...history, said]);
        // Everybody gets it from the broadcast, the sender too: one way for all.
        ctx.broadcast('chat', said);
        return { sent: sent + 1 };
      }),
    }),
    info: {
      chat: ({ messages }, said) => ({ messages: lastOf([...messages, said as Message]) }),
      'presence:chat': (_, { present }) => ({ people: present as Person[] }),
    },
    render: ({ me, name, messages, people, sent }) => html`
      <form class="row">
        <label for="name">Your name</label>
        <input id="name" name="name" value=${name} maxlength="30" required autocomplete="nickname">
        <button>Change</button>
      </form>
      <section class="present" aria-labelledby="people">
        <h2 id="people">Here now</h2>
        <ul class="people">${repeat(
          people,
          ({ session }) => session,
          (one) => person(one, one.session === me),
          [me],
        )}</ul>
      </section>
      <div class="messages" role="log" aria-label="Messages" tabindex="0">
        <ol>${repeat(messages, ({ id }) => id, message, [])}</ol>
        <p class="note" hidden=${messages.length > 0}>Nobody has said anything yet. Open this page in a second tab.</p>
      </div>
      <form class="row" dj-submit="say">
        <label for="text">Message</label>
        ${repeat([sent], (count) => count, newField)}
        <button class="primary">Send</button>
      </form>`,
  });
}
