import { html, type TemplateResult } from '@djust/server';
import type { Values } from './form-fields.ts';

/** The form as it stands: what the fields hold, and what is wrong with those that the visitor has left. */
export interface Sheet {
  readonly values: Values;
  readonly wrong: Readonly<Record<string, string>>;
  readonly right: readonly string[];
}

type Attributes = Readonly<Record<string, string | number>>;

/** A control with its label in front and its fault behind. */
export function field({ wrong, right }: Sheet, name: string, label: string, control: TemplateResult): TemplateResult {
  const state = name in wrong ? 'wrong' : right.includes(name) ? 'right' : 'open';
  return html`
    <div class="field" data-state=${state}>
      <label for=${name}>${label}</label>
      ${control}
      <p class="fault" id="${name}-fault">${wrong[name]}</p>
    </div>`;
}

/** `dj-model` sends what the visitor makes of the field; the server's value only comes in where nobody is typing. */
export function input(sheet: Sheet, type: string, name: string, label: string, more: Attributes = {}): TemplateResult {
  // What is secret is not sent back.
  const value = type === 'password' ? null : String(sheet.values[name]);
  const control = html`<input id=${name} name=${name} type=${type} dj-model=${name} value=${value} min=${more.min}
    max=${more.max} autocomplete=${more.autocomplete ?? 'off'} aria-invalid=${name in sheet.wrong} aria-describedby="${name}-fault">`;
  return field(sheet, name, label, control);
}

export function select(
  sheet: Sheet,
  name: string,
  label: string,
  choices: readonly string[],
  isMany = false,
): TemplateResult {
  const chosen = sheet.values[name];
  const isChosen = (choice: string): boolean => (Array.isArray(chosen) ? chosen.includes(choice) : chosen === choice);
  const control = html`
    <select id=${name} name=${name} dj-model=${name} multiple=${isMany} size=${isMany ? choices.length : null} aria-invalid=${name in sheet.wrong} aria-describedby="${name}-fault">
      ${isMany ? null : html`<option value="">Choose …</option>`}
      ${choices.map((choice) => html`<option value=${choice} selected=${isChosen(choice)}>${choice}</option>`)}
    </select>`;
  return field(sheet, name, label, control);
}

export function radios(sheet: Sheet, name: string, legend: string, choices: readonly string[]): TemplateResult {
  const choice = (value: string): TemplateResult => html`
    <label class="tick"><input type="radio" name=${name} value=${value} dj-model=${name} checked=${sheet.values[name] === value}> ${value}</label>`;
  return html`
    <fieldset class="field" role="radiogroup" aria-invalid=${name in sheet.wrong} aria-describedby="${name}-fault">
      <legend>${legend}</legend>
      ${choices.map(choice)}
      <p class="fault" id="${name}-fault">${sheet.wrong[name]}</p>
    </fieldset>`;
}

export function textarea(sheet: Sheet, name: string, label: string): TemplateResult {
  const control = html`<textarea id=${name} name=${name} rows="3" dj-model=${name} aria-invalid=${name in sheet.wrong}
    aria-describedby="${name}-fault">${sheet.values[name] as string}</textarea>`;
  return field(sheet, name, label, control);
}

/** Editable text belongs to the visitor: the server reads along and never writes into it. */
export function editable(sheet: Sheet, name: string, label: string): TemplateResult {
  return html`
    <div class="field">
      <span class="label" id="${name}-label">${label}</span>
      <div class="editable" contenteditable="plaintext-only" dj-update="ignore" dj-model=${name} data-field=${name}
        role="textbox" aria-multiline="true" aria-labelledby="${name}-label" aria-describedby="${name}-fault"></div>
      <p class="fault" id="${name}-fault">${sheet.wrong[name]}</p>
    </div>`;
}
