import { events, streams } from './api.js';
import { cameras } from './camera-facts.js';

const ASK_MS = 2000;

// The gateway speaks at least every 25 s, and tells all as soon as the line is there.
const SILENCE_MS = 40_000;
const FIRST_WORD_MS = 4000;

const FIRST_WAIT_MS = 1000;
const LONGEST_WAIT_MS = 60_000;
const JITTER = 0.3;

/**
 * The list of cameras, told by the gateway over one line while the page can be seen; where no line can be had (a proxy
 * in between, too many listeners) it is asked for every 2 s. Fires `change`. What was learnt stays when the
 * gateway does not answer: `cameras` is then of the time `at`, and `error` says why.
 */
export class StreamList extends EventTarget {
  cameras = null;
  at = null;
  error = null;

  #streams = new Map();
  #line = null;
  #attempt = null;
  #told = false;
  #wait = FIRST_WAIT_MS;
  #asking = false;
  #running = false;
  #asks = 0;
  #silence = 0;
  #reconnect = 0;

  start() {
    this.#running = true;
    document.addEventListener('visibilitychange', this.#look);
    addEventListener('online', this.#look);
    addEventListener('offline', this.#doubt);
    this.#look();
  }

  stop() {
    this.#running = false;
    document.removeEventListener('visibilitychange', this.#look);
    removeEventListener('online', this.#look);
    removeEventListener('offline', this.#doubt);
    this.#rest();
  }

  find(name) {
    return this.cameras?.find((camera) => camera.name === name);
  }

  /** Asks now, unless the gateway tells by itself. */
  refresh = async () => {
    clearTimeout(this.#asks);
    if (this.#told || this.#asking || !this.#isWanted()) return;
    await this.#ask();
    if (!this.#told && this.#isWanted()) this.#asks = setTimeout(this.refresh, ASK_MS);
  };

  #isWanted() {
    return this.#running && !document.hidden;
  }

  // Seen or hidden, in a network or out of it.
  #look = () => {
    if (!this.#isWanted()) {
      this.#rest();
    } else if (!this.#attempt) {
      this.#wait = FIRST_WAIT_MS;
      this.#connect();
      if (this.error) this.refresh();
    }
  };

  // A line that is cut does not always say so.
  #doubt = async () => {
    if (!this.#told) return;
    await this.#ask();
    if (this.error) this.#lost();
  };

  #rest() {
    clearTimeout(this.#asks);
    clearTimeout(this.#reconnect);
    this.#hangUp();
  }

  #hangUp() {
    clearTimeout(this.#silence);
    const line = this.#line;
    this.#line = null;
    this.#attempt = null;
    this.#told = false;
    line?.close();
  }

  async #connect() {
    clearTimeout(this.#reconnect);
    this.#hangUp();
    const attempt = {};
    this.#attempt = attempt;
    this.#silence = setTimeout(() => this.#lost(), FIRST_WORD_MS);
    let line;
    try {
      line = await events();
    } catch (error) {
      console.debug('no line', error);
      if (attempt === this.#attempt) this.#lost();
      return;
    }
    if (attempt !== this.#attempt) {
      line.close();
      return;
    }
    this.#line = line;
    line.onmessage = ({ data }) => line === this.#line && this.#hear(JSON.parse(data));
    line.onclose = () => line === this.#line && this.#lost();
  }

  #lost() {
    this.#hangUp();
    if (!this.#isWanted()) return;
    this.#reconnect = setTimeout(() => this.#connect(), this.#wait * (1 - JITTER * Math.random()));
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT_MS);
    this.refresh();
  }

  #hear({ type, value }) {
    clearTimeout(this.#silence);
    this.#silence = setTimeout(() => this.#lost(), SILENCE_MS);
    if (type === 'snapshot') {
      this.#told = true;
      this.#wait = FIRST_WAIT_MS;
      clearTimeout(this.#asks);
      this.#learn(Object.entries(value));
    } else if (type === 'changes' && this.#told) {
      const now = new Map(this.#streams);
      Object.entries(value).forEach(([name, stream]) => (stream ? now.set(name, stream) : now.delete(name)));
      this.#learn(now);
    } else {
      this.at = new Date();
    }
  }

  async #ask() {
    this.#asking = true;
    try {
      const all = Object.entries(await streams());
      if (!this.#told) this.#learn(all);
      else this.error = null;
    } catch (error) {
      this.error = error;
      this.#changed();
    }
    this.#asking = false;
  }

  #learn(entries) {
    this.#streams = new Map(entries);
    this.cameras = cameras(this.#streams);
    this.at = new Date();
    this.error = null;
    this.#changed();
  }

  #changed() {
    this.dispatchEvent(new Event('change'));
  }
}
