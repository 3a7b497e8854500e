import { LitElement, html, nothing } from 'lit';
import { Refusal } from '../api.js';
import { isLost, isSlow } from '../camera-facts.js';
import { t } from '../i18n.js';
import { bar, notice, styles, veil } from './player-view.js';
import { Retry } from './retry.js';
import { StallWatch } from './stall-watch.js';
import { WebRtcSession } from './webrtc-session.js';

const FIRST_PICTURE_MS = 8000;
const HIDDEN_MS = 5000;
const SAMPLE_MS = 1000;
const TICK_MS = 1000;

// The gateway calls a camera dead after 5 s of silence: who asks again before that is given the same old pictures.
const REOPEN_MS = 6000;

/**
 * `<oriel-player src="garden">` shows one stream by WebRTC, and gets it back when it is lost.
 *
 * Attributes: `src`, `media` (`video`, `video,audio`), `muted`, `controls` (`full`, `none`), `fit` (`contain`, `cover`),
 * `label`, `stats`, `run` (`live`; `paused` keeps the connection and draws nothing; `off` has none), `background` (plays on
 * while nobody can see it), `fill` (as high as its place, not as its picture). Property `camera`: what the list says of the
 * camera, so that reasons are those of the gateway. Events: `oriel-state`
 * `{state, rung, reason}`, `oriel-first-frame` `{ms}`, `oriel-stats`, `oriel-sound` `{on}`. States: idle, connecting, live,
 * paused, stalled, offline, blocked.
 */
export class OrielPlayer extends LitElement {
  static styles = styles;

  static properties = {
    src: {},
    media: {},
    muted: { type: Boolean },
    controls: {},
    fit: { reflect: true },
    label: {},
    stats: { type: Boolean },
    run: {},
    hint: {},
    background: { type: Boolean },
    camera: { attribute: false },
    state: { state: true },
    reason: { state: true },
    hasSound: { state: true },
    soundRefused: { state: true },
    isFull: { state: true },
  };

  #session = null;
  #retry = new Retry(() => this.#open());
  #watch = null;
  #began = 0;
  #hidden = false;
  #frozen = false;
  #hiding = 0;
  #sampling = 0;
  #ticking = 0;

  constructor() {
    super();
    this.media = 'video,audio';
    this.controls = 'none';
    this.run = 'live';
    this.state = 'idle';
    this.reason = null;
    this.lastPicture = null;
    this.hasSound = false;
    this.addEventListener('keydown', this.#key);
    this.addEventListener('fullscreenchange', () => (this.isFull = this.getRootNode().fullscreenElement === this));
  }

  get video() {
    return this.renderRoot.querySelector('video');
  }

  /** Whether the gateway sends key frames only, for the way to this browser carries no more. */
  get slow() {
    const id = this.#session?.id;
    return Boolean(id) && isSlow(this.camera, id);
  }

  get nextTry() {
    return this.#retry.at;
  }

  connectedCallback() {
    super.connectedCallback();
    document.addEventListener('visibilitychange', this.#visibility);
    addEventListener('online', this.#hurry);
    addEventListener('pagehide', this.#leave);
    addEventListener('pageshow', this.#settle);
    this.#ticking = setInterval(() => this.state === 'offline' && this.requestUpdate(), TICK_MS);
    this.#visibility();
    this.#settle();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    document.removeEventListener('visibilitychange', this.#visibility);
    removeEventListener('online', this.#hurry);
    removeEventListener('pagehide', this.#leave);
    removeEventListener('pageshow', this.#settle);
    clearInterval(this.#ticking);
    clearInterval(this.#sampling);
    clearTimeout(this.#hiding);
    this.#close('idle');
  }

  /** Starts, or goes on after `pause`; to be called by a gesture where the browser blocks it otherwise. */
  play() {
    this.#frozen = false;
    if (this.state === 'paused' || this.state === 'blocked') this.#start();
    else this.#hurry();
  }

  /** Freezes the picture. */
  pause() {
    this.#frozen = true;
    this.video.pause();
    this.#enter('paused');
  }

  /** Sound on or off, by a gesture. */
  turnSound(on = this.muted) {
    this.muted = !on;
    this.soundRefused = false;
    this.dispatchEvent(new CustomEvent('oriel-sound', { detail: { on }, bubbles: true, composed: true }));
  }

  /** Full screen, or back from it; where the browser has none (iPhone), the player covers the page. */
  async fullscreen() {
    if (this.getRootNode().fullscreenElement === this) await document.exitFullscreen();
    else if (this.requestFullscreen) await this.requestFullscreen();
    else this.isFull = this.toggleAttribute('cover');
  }

  render() {
    const old = this.state === 'stalled' || this.state === 'offline';
    const picture = this.lastPicture && this.state !== 'idle' ? (old ? 'old' : '') : 'none';
    const full = this.controls === 'full';
    return html`<div class="stage" part="frame" tabindex=${full ? 0 : nothing} role=${full ? 'group' : nothing}
        aria-label=${full ? t('player.keys', { camera: this.label }) : nothing}>
        <video part="video" class=${picture} playsinline .muted=${this.muted} aria-label=${this.label}></video>
        ${veil(this)} ${notice(this)}
      </div>
      ${full ? bar(this) : nothing}`;
  }

  firstUpdated() {
    this.#watch = new StallWatch(this.video, this.#picture, this.#silence);
  }

  updated(changed) {
    if (changed.has('src') || changed.has('media')) this.#close('idle');
    if (changed.has('stats')) this.#sample();
    if (changed.has('camera') && this.camera?.state === 'live' && changed.get('camera')?.state !== 'live') this.#hurry();
    if (changed.has('src') || changed.has('media') || changed.has('run')) this.#settle();
  }

  // Brings what is into line with what is wanted.
  #settle = () => {
    if (!this.hasUpdated) return;
    if (this.run === 'off' || this.#hidden) {
      if (this.state !== 'idle') this.#close('idle');
    } else if (this.state === 'idle') {
      this.#open();
    } else if (this.run === 'paused') {
      this.video.pause();
    } else if (this.video.paused && !this.#frozen && this.state === 'live') {
      this.#start();
    }
  };

  // Says goodbye, so that the gateway need not send on until it believes that nobody is there.
  #leave = () => this.#close('idle');

  async #open() {
    const troubled = this.state === 'offline' || isLost(this.camera);
    this.#end();
    if (!troubled) this.#enter('connecting');
    this.#began = performance.now();
    const session = new WebRtcSession((refusal) => session === this.#session && this.#fail(refusal));
    this.#session = session;
    try {
      const media = await session.open(this.src, this.media.split(','), troubled);
      if (session !== this.#session) return;
      this.hasSound = media.getAudioTracks().length > 0;
      this.video.srcObject = media;
      this.#watch.start();
      if (this.run === 'live') await this.#start();
    } catch (error) {
      if (session === this.#session) this.#fail(error);
    }
  }

  async #start() {
    const video = this.video;
    video.muted = this.muted;
    try {
      await video.play();
    } catch (error) {
      // A newer stream or a pause took its place: that one says how it goes on.
      if (error.name !== 'NotAllowedError') return;
      if (video.muted) {
        this.#enter('blocked');
        return;
      }
      this.muted = true;
      this.soundRefused = true;
      await this.#start();
    }
  }

  #picture = () => {
    // A browser that waits asks for a key frame, and is given the last one that the gateway has: an old picture.
    if (this.state === 'stalled' && isLost(this.camera)) return;
    this.lastPicture = new Date();
    this.#retry.picture();
    if (this.state === 'live' || this.#frozen) return;
    if (this.state === 'connecting' || this.state === 'offline') {
      this.#emit('oriel-first-frame', { ms: performance.now() - this.#began });
    }
    this.reason = null;
    this.#enter('live');
  };

  #silence = (silence) => {
    if (this.slow && this.lastPicture) {
      // The next one comes with the camera's next key frame, and the page says so.
      if (this.state === 'stalled') this.#enter('live');
      return;
    }
    if (this.state === 'live') {
      this.#enter('stalled');
    } else if (this.state === 'stalled') {
      // While the gateway itself waits for the camera, this connection is the one that the picture will come back on.
      if (!isLost(this.camera) && silence > REOPEN_MS) this.#fail(new Refusal('silent', 'no picture comes'));
    } else if (silence > FIRST_PICTURE_MS) {
      this.#fail(new Refusal('silent', 'no picture comes'));
    }
  };

  #fail({ code, message }) {
    this.#end();
    // A camera that plays, and not for us, sends what this browser does not take.
    const refused = code === 'other' && this.camera?.state === 'live';
    this.reason = { code: refused ? 'codec' : code, sentence: message, details: {} };
    this.#retry.schedule();
    this.#enter('offline');
  }

  #close(state) {
    this.#end();
    this.#frozen = false;
    this.#enter(state);
  }

  #end() {
    this.#retry.cancel();
    this.#watch?.stop();
    this.#session?.close();
    this.#session = null;
  }

  #enter(state) {
    if (this.state === state) return;
    this.state = state;
    this.#emit('oriel-state', { state, rung: 'webrtc', reason: this.reason });
  }

  #emit(name, detail) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true, composed: true }));
  }

  #hurry = () => {
    if (this.#retry.at) this.#retry.now();
  };

  #visibility = () => {
    clearTimeout(this.#hiding);
    if (document.hidden && !this.background) {
      this.#hiding = setTimeout(() => this.#hide(true), HIDDEN_MS);
    } else {
      this.#hide(false);
      this.#hurry();
    }
  };

  #hide(hidden) {
    if (this.#hidden === hidden) return;
    this.#hidden = hidden;
    this.#settle();
  }

  async #sample() {
    clearInterval(this.#sampling);
    if (!this.stats) return;
    const { Statistics } = await import('./statistics.js');
    let statistics = new Statistics();
    let of = this.#session;
    this.#sampling = setInterval(async () => {
      const session = this.#session;
      if (!session) return;
      if (session !== of) statistics = new Statistics();
      of = session;
      this.#emit('oriel-stats', statistics.take(await session.stats()));
    }, SAMPLE_MS);
  }

  #key = (event) => {
    if (this.controls !== 'full' || event.ctrlKey || event.metaKey || event.altKey) return;
    const onButton = event.composedPath()[0].localName === 'button';
    if (event.key === 'm' && this.hasSound) this.turnSound();
    else if (event.key === 'f') this.fullscreen();
    else if (event.key === ' ' && !onButton) this.state === 'paused' ? this.play() : this.pause();
    else return;
    event.preventDefault();
  };
}

customElements.define('oriel-player', OrielPlayer);
