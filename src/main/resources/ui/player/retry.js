const FIRST_MS = 500;
const LONGEST_MS = 15000;
const JITTER = 0.3;
const CALM_MS = 10000;

/** When to try again: 0.5 s doubling to 15 s, each up to 30 % shorter so that players do not come all at once. */
export class Retry {
  /** When the next try is due, in milliseconds of the epoch; null if none is. */
  at = null;

  #action;
  #timer = 0;
  #wait = FIRST_MS;
  #calmSince = 0;

  constructor(action) {
    this.#action = action;
  }

  schedule() {
    const wait = this.#wait * (1 - JITTER * Math.random());
    this.#wait = Math.min(2 * this.#wait, LONGEST_MS);
    this.#calmSince = 0;
    this.at = Date.now() + wait;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(this.now, wait);
  }

  /** Tries at once. */
  now = () => {
    this.cancel();
    this.#action();
  };

  cancel() {
    clearTimeout(this.#timer);
    this.at = null;
  }

  /** A picture came: 10 s of them, and the waits begin anew. */
  picture() {
    const now = performance.now();
    this.#calmSince ||= now;
    if (now - this.#calmSince > CALM_MS) this.#wait = FIRST_MS;
  }
}
