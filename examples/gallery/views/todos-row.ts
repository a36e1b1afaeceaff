import { html, type TemplateResult } from '@djust/server';
import type { Todo } from './todos-list.ts';

/** A new number makes a new, empty field, which gets the focus of the old one: they share an id. */
export const newField = (): TemplateResult =>
  html`<input id="new-todo" name="text" maxlength="200" autocomplete="off">`;

/** Button and field share an id, so the focus goes over to whichever takes the other's place. */
const title = ({ id, text }: Todo, isEdited: boolean): TemplateResult =>
  isEdited
    ? html`<form dj-submit="save">
        <input id="todo-${id}" name="text" value=${text} maxlength="200" autocomplete="off" aria-label="Change: ${text}"
          dj-blur="leave" dj-keydown="cancel.escape">
      </form>`
    : html`<button type="button" id="todo-${id}" class="plain" dj-click="edit" data-id:int=${id}
        aria-label="Edit: ${text}" aria-keyshortcuts="Alt+ArrowUp Alt+ArrowDown">${text}</button>`;

export const row = (todo: Todo, isEdited: boolean): TemplateResult => html`
  <li class="todo" data-key=${todo.id} data-done=${todo.isDone} draggable=${!isEdited}>
    <input type="checkbox" dj-change="toggle" dj-value-id:int=${todo.id} checked=${todo.isDone} aria-label="Done: ${todo.text}">
    ${title(todo, isEdited)}
    <button type="button" class="icon" dj-click="remove" data-id:int=${todo.id} aria-label="Delete: ${todo.text}">✕</button>
  </li>`;
