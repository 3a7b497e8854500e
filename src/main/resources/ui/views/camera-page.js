import { LitElement, css, html, nothing } from 'lit';
import { tryNow } from '../api.js';
import { soundCodecs } from '../camera-facts.js';
import { icon } from '../icons.js';
import { t } from '../i18n.js';
import '../player/oriel-player.js';
import { look, stateOf } from '../words.js';
import './camera-chain.js';
import { details } from './details.js';
import './elsewhere.js';
import { listBanner, listError } from './list-state.js';
import { pageStyles } from './page-styles.js';
import { sources } from './sources.js';
import { sheetStyles } from './sheet-styles.js';

const SOUND = 'oriel-sound';

/** One camera: watch it, understand it, use it elsewhere. */
export class CameraPage extends LitElement {
  static properties = {
    list: { attribute: false },
    name: {},
    version: { type: Number },
    playing: { state: true },
    figures: { state: true },
  };

  static styles = [
    pageStyles,
    sheetStyles,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        gap: 4px 12px;
        margin-bottom: 16px;
      }
      .back {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        width: var(--target);
        height: var(--target);
        margin-left: -12px;
        border-radius: 50%;
        color: var(--text);
      }
      .columns {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
      }
      .side {
        display: grid;
        align-content: start;
        gap: 16px;
      }
      oriel-player {
        border-radius: var(--radius);
      }
      @media (min-width: 1000px) {
        .columns {
          grid-template-columns: minmax(0, 1fr) 380px;
        }
      }
    `,
  ];

  constructor() {
    super();
    this.playing = { state: 'idle', reason: null };
    this.figures = {};
    this.addEventListener('oriel-state', ({ detail }) => (this.playing = detail));
    this.addEventListener('oriel-stats', ({ detail }) => (this.figures = detail));
    this.addEventListener('oriel-sound', ({ detail }) => remember(detail.on));
  }

  get player() {
    return this.renderRoot.querySelector('oriel-player');
  }

  render() {
    const camera = this.list.find(this.name);
    return html`${listBanner(this.list)}
    ${camera ? this.#camera(camera) : html`${this.#head()}${this.#absence()}`}`;
  }

  #camera(camera) {
    const state = stateOf(camera, this.playing.state);
    const live = state === 'live';
    return html`
      ${this.#head(state)}
      <div class="columns">
        <div class="side">
          <oriel-player controls="full" stats .src=${camera.name} .label=${camera.name} .camera=${camera}
            .muted=${!wantsSound()} .run=${camera.state === 'off' ? 'off' : 'live'}></oriel-player>
          ${this.#silence(camera)} ${live ? details(this.figures) : nothing}
        </div>
        <div class="side">
          <camera-chain class="sheet" .camera=${camera} .playing=${this.playing} .figures=${this.figures}
            .nextTry=${this.player?.nextTry} .listed=${!this.list.error} @try-now=${this.#tryNow}></camera-chain>
          ${sources(camera)}
          <use-elsewhere class="sheet" .name=${camera.name}></use-elsewhere>
        </div>
      </div>
    `;
  }

  #head(state) {
    const { icon: sign, tone } = state ? look(state) : {};
    return html`<header>
      <a class="back" href="#/" aria-label=${t('camera.back')}>${icon('back')}</a>
      <h1 tabindex="-1">${this.name}</h1>
      ${state ? html`<span class="state ${tone}">${icon(sign)}${t(`state.${state}`)}</span>` : nothing}
    </header>`;
  }

  // The list is not there yet, or cannot be had, or has no such camera.
  #absence() {
    if (this.list.cameras) return html`<p>${t('camera.unknown', { camera: this.name })}</p>`;
    return this.list.error ? listError(this.list) : html`<p class="quiet" aria-busy="true">${t('wall.loading')}</p>`;
  }

  #silence(camera) {
    if (this.playing.state !== 'live' || this.player.hasSound) return nothing;
    const codecs = soundCodecs(camera);
    return html`<p class="sheet silence">
      ${icon('silent')} ${codecs.length ? t('player.silent-codec', { codec: codecs.join(', ') }) : t('player.no-sound')}
    </p>`;
  }

  #tryNow = async () => {
    await tryNow(this.name);
    this.player.play();
    await this.list.refresh();
  };
}

// For this session of the browser only; where storage is blocked, until the page is left.
function remember(on) {
  try {
    sessionStorage.setItem(SOUND, on ? 'on' : 'off');
  } catch (error) {
    console.debug('sound is not remembered', error);
  }
}

function wantsSound() {
  try {
    return sessionStorage.getItem(SOUND) === 'on';
  } catch {
    return false;
  }
}

customElements.define('camera-page', CameraPage);
