import { LitElement, css, html, nothing } from 'lit';
import { me } from './api.js';
import { icon } from './icons.js';
import { speak, t } from './i18n.js';
import { authorization, remember } from './login.js';
import { SETTINGS, cameraOf } from './routes.js';
import { StreamList } from './stream-list.js';
import './views/camera-wall.js';
import { pageStyles } from './views/page-styles.js';

/** The whole page: its head, and the view that the address names, for whoever it is. */
class OrielApp extends LitElement {
  static properties = {
    camera: { state: true },
    settings: { state: true },
    version: { state: true },
    who: { state: true },
    refused: { state: true },
  };

  static styles = [
    pageStyles,
    css`
      .head {
        display: flex;
        align-items: center;
        min-height: 56px;
        padding: 0 max(16px, env(safe-area-inset-left));
        background: var(--card);
        box-shadow: var(--shadow);
      }
      .brand {
        display: inline-flex;
        align-items: center;
        gap: 8px;
        min-height: var(--target);
        padding-right: 8px;
        color: var(--text);
        font-size: 20px;
        font-weight: 650;
        text-decoration: none;
      }
      .brand .icon {
        width: 28px;
        height: 28px;
        color: var(--primary);
      }
      nav {
        display: flex;
        gap: 4px;
        margin-left: 8px;
      }
      nav a {
        display: inline-flex;
        align-items: center;
        justify-content: center;
        gap: 8px;
        min-height: var(--target);
        padding: 0 12px;
        border-radius: var(--radius-small);
        color: var(--text);
        text-decoration: none;
      }
      nav a[aria-current] {
        color: var(--primary);
        font-weight: 600;
      }
      .leave {
        margin-left: auto;
      }
      main {
        max-width: 1600px;
        margin: 0 auto;
        padding: 16px max(16px, env(safe-area-inset-left)) 24px;
      }
      .refused {
        display: grid;
        gap: 12px;
        justify-items: start;
      }
      @media (min-width: 870px) {
        main {
          padding: 24px 24px 32px;
        }
      }
      @media (max-width: 869px) {
        nav {
          position: fixed;
          inset: auto 0 0;
          z-index: 5;
          margin: 0;
          padding: 4px 8px max(4px, env(safe-area-inset-bottom));
          background: var(--card);
          border-top: 1px solid var(--line);
        }
        nav a {
          flex: 1;
        }
        .with-menu {
          padding-bottom: 80px;
        }
      }
    `,
  ];

  #list = new StreamList();
  #left = '';
  #scrolled = 0;

  constructor() {
    super();
    this.version = 0;
    this.camera = null;
    this.settings = false;
    this.who = null;
    this.refused = '';
  }

  connectedCallback() {
    super.connectedCallback();
    this.#list.addEventListener('change', this.#changed);
    addEventListener('hashchange', this.#routed);
    this.#open();
    this.#enter();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#list.removeEventListener('change', this.#changed);
    removeEventListener('hashchange', this.#routed);
    this.#list.stop();
  }

  render() {
    const menu = this.who?.role === 'admin' && !this.refused;
    return html`
      <header class="head">
        <a class="brand" href="#/">${icon('bay')}Oriel</a>
        ${menu ? this.#menu() : nothing}
        ${authorization() && this.who
          ? html`<button class="button leave" @click=${this.#leave}>${t('sign-out')}</button>`
          : nothing}
      </header>
      <main class=${menu ? 'with-menu' : nothing}>
        ${this.refused ? this.#refusal() : this.#view()}
      </main>
    `;
  }

  // What a role may not do is not in it.
  #menu() {
    return html`<nav aria-label=${t('menu')}>
      <a href="#/" aria-current=${this.settings ? nothing : 'page'}>${icon('camera')}${t('wall.title')}</a>
      <a href=${SETTINGS} aria-current=${this.settings ? 'page' : nothing}>${icon('settings')}${t('settings.title')}</a>
    </nav>`;
  }

  #view() {
    if (this.camera === null) return nothing;
    if (this.settings) {
      return html`<settings-page .who=${this.who} .list=${this.#list} .version=${this.version}></settings-page>`;
    }
    return this.camera
      ? html`<camera-page .list=${this.#list} .name=${this.camera} .version=${this.version}></camera-page>`
      : html`<camera-wall .list=${this.#list} .version=${this.version}></camera-wall>`;
  }

  #refusal() {
    if (this.refused === 'sign-in') return html`<sign-in @signed-in=${this.#signedIn}></sign-in>`;
    return html`<div class="refused">
      <h1 tabindex="-1">${t(`reason.${this.refused}.short`)}</h1>
      <p>${t(`reason.${this.refused}.long`)}</p>
      <button class="button first" @click=${() => location.reload()}>${t('reload')}</button>
    </div>`;
  }

  // Who it is comes first: a line that is refused leaves an error on the browser's console.
  async #enter() {
    await this.#identify();
    if (!this.refused) this.#list.start();
  }

  async #identify() {
    try {
      this.who = await me();
    } catch (error) {
      await this.#refuse(error);
    }
  }

  // The page does not go on as whoever this is; a gateway that is away is no such thing.
  async #refuse({ code }) {
    if (code !== 'sign-in' && (code !== 'no-permission' || this.who)) return;
    this.#list.stop();
    // Behind Home Assistant nobody types a login: it is Home Assistant's session that ended.
    const ended = code === 'sign-in' && this.who?.door === 'ingress';
    if (code === 'sign-in' && !ended) {
      remember('');
      await import('./views/sign-in.js');
    }
    this.refused = ended ? 'signed-out' : code;
  }

  #signedIn = async ({ detail }) => {
    this.who = detail;
    this.refused = '';
    this.#list.start();
    await this.updateComplete;
    this.renderRoot.querySelector('a').focus();
  };

  // What was seen goes as well.
  #leave = () => {
    remember('');
    location.reload();
  };

  #changed = () => {
    this.version++;
    const { error } = this.#list;
    if (error && !this.refused) this.#refuse(error);
    // A gateway that was away when the page began.
    if (!error && !this.who) this.#identify();
  };

  #routed = async () => {
    this.#left = this.camera;
    if (!this.camera && !this.settings) this.#scrolled = scrollY;
    await this.#open();
    await this.updateComplete;
    const view = this.renderRoot.querySelector('camera-page, camera-wall, settings-page');
    await view?.updateComplete;
    if (!view) return;
    await this.#arrive(view);
  };

  // Where the view begins for eyes, keyboard and screen reader; back on the wall, where it was left.
  async #arrive(view) {
    const wall = !this.camera && !this.settings;
    const back = wall && (await view.focusTile(this.#left));
    if (!back) view.renderRoot.querySelector('h1').focus();
    scrollTo(0, wall ? this.#scrolled : 0);
  }

  // Other views come when somebody asks for them: the wall need not wait for their modules.
  async #open() {
    const camera = cameraOf(location.hash);
    const settings = location.hash === SETTINGS;
    if (camera) await import('./views/camera-page.js');
    if (settings) await import('./views/settings-page.js');
    this.camera = camera;
    this.settings = settings;
    const title = settings ? t('settings.title') : camera;
    document.title = title ? `${title} – Oriel` : 'Oriel';
  }
}

await speak();
customElements.define('oriel-app', OrielApp);
