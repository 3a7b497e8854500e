import { LitElement, css, html, nothing } from 'lit';
import { repeat } from 'lit-html/directives/repeat.js';
import { Announcer } from '../announcer.js';
import { icon } from '../icons.js';
import { t } from '../i18n.js';
import { LivePlaces } from '../live-places.js';
import './camera-tile.js';
import { listBanner, listError } from './list-state.js';
import { pageStyles } from './page-styles.js';

const FIRST_CAMERA = 'streams:\n  garden: rtsp://user:password@192.168.1.20/stream1';
const SKELETONS = 3;

/** All cameras at a glance. */
export class CameraWall extends LitElement {
  static properties = {
    list: { attribute: false },
    version: { type: Number },
    states: { state: true },
  };

  static styles = [
    pageStyles,
    css`
      header {
        display: flex;
        flex-wrap: wrap;
        align-items: baseline;
        gap: 4px 16px;
        margin-bottom: 16px;
      }
      ul {
        display: grid;
        grid-template-columns: repeat(auto-fill, minmax(min(100%, 340px), 1fr));
        gap: 16px;
        margin: 0;
        padding: 0;
        list-style: none;
      }
      camera-tile {
        height: 100%;
      }
      .skeleton {
        aspect-ratio: 16 / 11;
        border-radius: var(--radius);
        background: var(--card);
        box-shadow: var(--shadow);
      }
      .empty {
        display: grid;
        gap: 12px;
        max-width: 640px;
        padding: 24px;
        border-radius: var(--radius);
        background: var(--card);
        box-shadow: var(--shadow);
      }
      .said {
        position: absolute;
        width: 1px;
        height: 1px;
        overflow: hidden;
        clip-path: inset(50%);
      }
    `,
  ];

  #places = new LivePlaces();
  #watched = new Set();
  #announcer = null;

  constructor() {
    super();
    this.states = new Map();
    this.addEventListener('tile-state', this.#tileState);
    this.addEventListener('keydown', this.#key);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#watched.forEach((tile) => this.#places.unwatch(tile));
    this.#watched.clear();
  }

  /** Puts the keyboard on the tile of a camera; false if there is none. */
  async focusTile(name) {
    const tile = this.#tiles().find((each) => each.camera.name === name);
    await tile?.updateComplete;
    tile?.focus();
    return tile !== undefined;
  }

  render() {
    const { error } = this.list;
    // A camera of Home Assistant has names under which only Home Assistant asks for it.
    const cameras = this.list.cameras?.filter((camera) => camera.aliasOf === null);
    return html`
      <header>
        <h1 tabindex="-1">${t('wall.title')}</h1>
        <p class="quiet">${cameras?.length ? this.#summary(cameras) : nothing}</p>
      </header>
      ${listBanner(this.list)} ${cameras ? this.#wall(cameras) : error ? listError(this.list) : skeleton()}
      <div class="said" role="status" aria-live="polite"></div>
    `;
  }

  firstUpdated() {
    this.#announcer = new Announcer(this.renderRoot.querySelector('.said'));
  }

  updated() {
    const tiles = new Set(this.#tiles());
    this.#watched.forEach((tile) => tiles.has(tile) || this.#places.unwatch(tile));
    tiles.forEach((tile) => this.#watched.has(tile) || this.#places.watch(tile));
    this.#watched = tiles;
  }

  #wall(cameras) {
    if (cameras.length === 0) return empty();
    return html`<ul>
      ${repeat(
        cameras,
        (camera) => camera.name,
        (camera) => html`<li><camera-tile .camera=${camera}></camera-tile></li>`,
      )}
    </ul>`;
  }

  #summary(cameras) {
    const counted = Map.groupBy(cameras, (camera) => this.states.get(camera.name) ?? 'connecting');
    return ['live', 'offline']
      .filter((state) => counted.has(state))
      .map((state) => t(`wall.${state}`, { count: counted.get(state).length }))
      .join(', ');
  }

  #tiles() {
    return [...this.renderRoot.querySelectorAll('camera-tile')];
  }

  #tileState = ({ detail: { name, state } }) => {
    if (this.states.get(name) === state) return;
    this.states = new Map(this.states).set(name, state);
    this.#announcer?.state(name, state);
    this.#places.share();
  };

  #key = (event) => {
    const tiles = this.#tiles();
    const here = tiles.indexOf(event.composedPath().find((node) => node.localName === 'camera-tile'));
    const columns = tiles.findIndex((tile) => tile.getBoundingClientRect().top > tiles[0].getBoundingClientRect().top);
    const row = columns < 0 ? tiles.length : columns;
    const step = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -row, ArrowDown: row }[event.key];
    const next = tiles[here + step];
    if (here < 0 || !next) return;
    event.preventDefault();
    next.focus();
  };
}

function skeleton() {
  return html`<ul aria-busy="true" aria-label=${t('wall.loading')}>
    ${Array.from({ length: SKELETONS }, () => html`<li class="skeleton"></li>`)}
  </ul>`;
}

function empty() {
  return html`<div class="empty">
    <h2>${t('wall.empty')}</h2>
    <p>${t('wall.empty.how')}</p>
    <pre tabindex="0"><code>${FIRST_CAMERA}</code></pre>
    <p class="quiet">${icon('check')} ${t('wall.empty.demo')}</p>
  </div>`;
}

customElements.define('camera-wall', CameraWall);
