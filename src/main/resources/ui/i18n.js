/** The page's words: one file of flat keys for each language, English for what a language lacks. */

const LANGUAGES = ['en', 'de'];
const UNITS = [['day', 86_400], ['hour', 3600], ['minute', 60]];

let words = {};
let language = 'en';
let plurals = new Intl.PluralRules('en');

/** Loads the first of the reader's languages that there are words in; to be awaited before anything is drawn. */
export async function speak(wanted = navigator.languages) {
  language = wanted.map((tag) => tag.split('-')[0].toLowerCase()).find((tag) => LANGUAGES.includes(tag)) ?? 'en';
  plurals = new Intl.PluralRules(language);
  const [english, own] = await Promise.all([load('en'), language === 'en' ? {} : load(language)]);
  words = { ...english, ...own };
  document.documentElement.lang = language;
}

/** The text of a key; `{name}` becomes the value of that name, and `count` chooses among `key.one`, `key.other` … */
export function t(key, values = {}) {
  const counted = 'count' in values ? (words[`${key}.${plurals.select(values.count)}`] ?? words[`${key}.other`]) : words[key];
  return (counted ?? key).replace(/\{(\w+)\}/g, (_, name) => readable(values[name]));
}

/** Whether there is such a key, for keys made of words that a newer gateway may add to. */
export function knows(key) {
  return key in words;
}

/** A number in the reader's way, with at most so many digits behind the point. */
export function number(value, digits = 0) {
  return new Intl.NumberFormat(language, { maximumFractionDigits: digits }).format(value);
}

/** A time of day in the reader's way. */
export function clock(time) {
  return new Intl.DateTimeFormat(language, { timeStyle: 'medium' }).format(time);
}

/** A day and its time in the reader's way. */
export function moment(time) {
  return new Intl.DateTimeFormat(language, { dateStyle: 'medium', timeStyle: 'short' }).format(time);
}

/** How long ago that was, in the reader's way. */
export function ago(time) {
  const seconds = Math.max(0, Math.round((Date.now() - time) / 1000));
  const [unit, size] = UNITS.find(([, least]) => seconds >= 2 * least) ?? ['second', 1];
  return new Intl.RelativeTimeFormat(language).format(-Math.floor(seconds / size), unit);
}

// Not grouped: it may be a port.
function readable(value) {
  return typeof value === 'number' ? new Intl.NumberFormat(language, { useGrouping: false }).format(value) : (value ?? '');
}

async function load(tag) {
  const answer = await fetch(new URL(`i18n/${tag}.json`, import.meta.url));
  if (!answer.ok) throw new Error(`i18n/${tag}.json: ${answer.status}`);
  return answer.json();
}
