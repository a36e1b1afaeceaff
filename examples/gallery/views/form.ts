import { defineView, html } from '@djust/server';
import * as v from 'valibot';
import { editable, input, radios, type Sheet, select, textarea } from './form-controls.ts';
import { DAYS, EMPTY, FIELDS, faults, MEALS, TOPICS, told, type Values } from './form-fields.ts';

/** Only fields that the visitor has left, or sent, are found fault with; until then they may be half typed. */
type State = { values: Values; left: string[]; isSaved: boolean };

const Model = v.object({
  field: v.picklist(FIELDS),
  value: v.union([v.pipe(v.string(), v.maxLength(1000)), v.boolean(), v.array(v.string())]),
});

function sheetOf({ values, left }: State): Sheet {
  const found = faults(values);
  const wrong = Object.fromEntries(Object.entries(found).filter(([name]) => left.includes(name)));
  return { values, wrong, right: FIELDS.filter((name) => !(name in found) && values[name] !== EMPTY[name]) };
}

export const form = defineView({
  name: 'gallery.form',
  title: ({ isSaved }) => (isSaved ? 'Registered · Form' : 'Form'),
  state: { values: EMPTY, left: [], isSaved: false } as State,
  events: (on) => ({
    // dj-model sends this whenever a field changes.
    update_model: on(Model, ({ values }, { field, value }) => ({
      values: { ...values, [field]: value },
      isSaved: false,
    })),
    // One dj-blur on the form hears of all its fields; buttons have no name.
    left: on(v.object({ field: v.nullable(v.string()) }), ({ left }, { field }) =>
      field !== null && FIELDS.includes(field) && !left.includes(field) ? { left: [...left, field] } : {},
    ),
    save: ({ values }, _, ctx) => {
      const count = Object.keys(faults(values)).length;
      if (count === 0) ctx.flash('success', `Thank you, ${told('name', values.name)}. You are registered.`);
      else ctx.flash('error', count === 1 ? 'One field needs another look.' : `${count} fields need another look.`);
      return { left: FIELDS, isSaved: count === 0 };
    },
  }),
  render: (state) => {
    const sheet = sheetOf(state);
    return html`
      <form class="fields" dj-submit="save" dj-blur="left" novalidate aria-label="Registration">
        ${input(sheet, 'text', 'name', 'Name', { autocomplete: 'name' })}
        ${input(sheet, 'email', 'email', 'E-mail', { autocomplete: 'email' })}
        ${input(sheet, 'password', 'password', 'Password', { autocomplete: 'new-password' })}
        ${input(sheet, 'number', 'guests', 'Guests (0 to 5)', { min: 0, max: 5 })}
        ${input(sheet, 'date', 'date', 'Arrival')}
        ${input(sheet, 'time', 'time', 'At')}
        ${input(sheet, 'range', 'experience', `Experience: ${state.values.experience} of 10`, { min: 0, max: 10 })}
        ${input(sheet, 'color', 'colour', 'Colour of the badge')}
        ${select(sheet, 'day', 'Main day', DAYS)}
        ${select(sheet, 'topics', 'Topics (several)', TOPICS, true)}
        ${radios(sheet, 'meal', 'Meal', MEALS)}
        ${textarea(sheet, 'note', 'Note')}
        ${editable(sheet, 'about', 'About you')}
        <div class="field" data-state=${'terms' in sheet.wrong ? 'wrong' : 'open'}>
          <label class="tick"><input id="terms" name="terms" type="checkbox" dj-model="terms" checked=${state.values.terms as boolean}
            aria-describedby="terms-fault"> I agree that this is only a demonstration</label>
          <p class="fault" id="terms-fault">${sheet.wrong.terms}</p>
        </div>
        <p class="wide"><button class="primary" dj-disable-with="Sending …">Register</button></p>
      </form>
      <section aria-labelledby="held">
        <h2 id="held">What the server holds ${state.isSaved ? html`<span class="badge">saved</span>` : null}</h2>
        <dl class="held">
          ${FIELDS.map((name) => html`<div><dt>${name}</dt><dd id="held-${name}">${told(name, state.values[name])}</dd></div>`)}
        </dl>
      </section>`;
  },
});
