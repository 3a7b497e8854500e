import { LitElement, css, html, nothing } from 'lit';
import { icon } from '../icons.js';
import { t } from '../i18n.js';
import '../player/oriel-player.js';
import { cameraAddress } from '../routes.js';
import { look, reasonOf, short, stateOf } from '../words.js';
import { pageStyles } from './page-styles.js';

/**
 * One camera of the wall: a link with its picture, name and state. Fires `tile-state` `{name, state}`. Its `run` and
 * `crowded` are set by {@link LivePlaces}.
 */
export class CameraTile extends LitElement {
  static properties = {
    camera: { attribute: false },
    run: {},
    crowded: { type: Boolean },
    playing: { state: true },
    sounding: { state: true },
  };

  static styles = [
    pageStyles,
    css`
      a {
        display: block;
        height: 100%;
        border-radius: var(--radius);
        overflow: hidden;
        background: var(--card);
        color: var(--text);
        text-decoration: none;
        box-shadow: var(--shadow);
        transition: box-shadow 150ms;
      }
      a:hover {
        box-shadow: 0 0 0 2px var(--primary);
      }
      @media (prefers-reduced-motion: reduce) {
        a {
          transition: none;
        }
      }
      oriel-player {
        pointer-events: none;
      }
      .caption {
        display: flex;
        flex-wrap: wrap;
        align-items: center;
        justify-content: space-between;
        gap: 0 12px;
        min-height: var(--target);
        padding: 8px 12px;
      }
      .name {
        font-weight: 600;
        overflow-wrap: anywhere;
      }
    `,
  ];

  constructor() {
    super();
    this.run = 'off';
    this.crowded = false;
    this.playing = 'idle';
    this.sounding = false;
    this.addEventListener('oriel-state', this.#played);
    this.addEventListener('keydown', this.#key);
  }

  /** Whether the camera did not play the last time that somebody asked. */
  get troubled() {
    return stateOf(this.camera, this.playing) === 'offline' || this.camera.state === 'off';
  }

  get player() {
    return this.renderRoot.querySelector('oriel-player');
  }

  focus() {
    this.renderRoot.querySelector('a').focus();
  }

  render() {
    const { name } = this.camera;
    const state = stateOf(this.camera, this.playing);
    const { icon: sign, tone } = look(state);
    const why = state === 'offline' ? short(reasonOf(this.camera, this.player?.reason) ?? { code: 'other' }) : '';
    return html`<a href=${cameraAddress(name)} aria-keyshortcuts="M F"
      aria-label=${[name, t(`state.${state}`), why].filter(Boolean).join(', ')}>
      <oriel-player .src=${name} .label=${name} .camera=${this.camera} .muted=${!this.sounding}
        .media=${this.sounding ? 'video,audio' : 'video'} .hint=${this.#hint(state)}
        .run=${this.camera.state === 'off' ? 'off' : this.run}></oriel-player>
      <span class="caption">
        <span class="name">${name}</span>
        <span class="state ${tone}">${icon(sign)}${t(`state.${state}`)}${this.sounding ? icon('sound') : nothing}</span>
      </span>
    </a>`;
  }

  updated(changed) {
    if (!changed.has('camera') && !changed.has('playing')) return;
    const detail = { name: this.camera.name, state: stateOf(this.camera, this.playing) };
    this.dispatchEvent(new CustomEvent('tile-state', { detail, bubbles: true, composed: true }));
  }

  #hint(state) {
    if (state === 'off') return t('tile.off');
    return this.crowded ? t('tile.crowded') : '';
  }

  #played = ({ detail }) => {
    this.playing = detail.state;
  };

  #key = (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'm') this.sounding = !this.sounding;
    else if (event.key === 'f') this.player.fullscreen();
  };
}

customElements.define('camera-tile', CameraTile);
