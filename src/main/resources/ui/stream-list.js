import { streams } from './api.js';
import { cameras } from './camera-facts.js';

const EVERY_MS = 2000;

/**
 * The list of cameras, asked for every 2 s while the page can be seen. Fires `change`. What was learnt stays when the
 * gateway does not answer: `cameras` is then of the time `at`, and `error` says why.
 */
export class StreamList extends EventTarget {
  cameras = null;
  at = null;
  error = null;

  #timer = 0;
  #asking = false;

  start() {
    document.addEventListener('visibilitychange', this.refresh);
    addEventListener('online', this.refresh);
    this.refresh();
  }

  stop() {
    document.removeEventListener('visibilitychange', this.refresh);
    removeEventListener('online', this.refresh);
    clearTimeout(this.#timer);
  }

  find(name) {
    return this.cameras?.find((camera) => camera.name === name);
  }

  /** Asks now. */
  refresh = async () => {
    clearTimeout(this.#timer);
    if (this.#asking || document.hidden) return;
    this.#asking = true;
    try {
      this.cameras = cameras(await streams());
      this.at = new Date();
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    this.#asking = false;
    this.#timer = setTimeout(this.refresh, EVERY_MS);
    this.dispatchEvent(new Event('change'));
  };
}
