import { t } from './i18n.js';

const LEAST_PAUSE_MS = 5000;

/** Tells screen readers which cameras were lost and found: one joined sentence in 5 s at most, into a polite region. */
export class Announcer {
  #region;
  #states = new Map();
  #lost = new Set();
  #found = new Set();
  #timer = 0;

  constructor(region) {
    this.#region = region;
  }

  /** A camera's tile shows another state. */
  state(name, state) {
    const before = this.#states.get(name);
    if (state !== 'live' && state !== 'offline') return;
    this.#states.set(name, state);
    if (before === undefined || before === state) return;
    const [into, from] = state === 'live' ? [this.#found, this.#lost] : [this.#lost, this.#found];
    if (!from.delete(name)) into.add(name);
    this.#timer ||= setTimeout(() => this.#say(), LEAST_PAUSE_MS);
  }

  #say() {
    this.#timer = 0;
    this.#region.textContent = [sentence('lost', this.#lost), sentence('found', this.#found)].filter(Boolean).join(' ');
    this.#lost.clear();
    this.#found.clear();
  }
}

function sentence(what, names) {
  if (names.size === 0) return '';
  return names.size === 1 ? t(`said.${what}.name`, { camera: [...names][0] }) : t(`said.${what}`, { count: names.size });
}
