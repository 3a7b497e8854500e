import { LitElement, css, html, nothing } from 'lit';
import { icon } from './icons.js';
import { speak } from './i18n.js';
import { cameraOf } from './routes.js';
import { StreamList } from './stream-list.js';
import './views/camera-wall.js';
import { pageStyles } from './views/page-styles.js';

/** The whole page: its head, and the view that the address names. */
class OrielApp extends LitElement {
  static properties = { camera: { state: true }, version: { state: true } };

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
      main {
        max-width: 1600px;
        margin: 0 auto;
        padding: 16px max(16px, env(safe-area-inset-left)) 24px;
      }
      @media (min-width: 870px) {
        main {
          padding: 24px 24px 32px;
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
  }

  connectedCallback() {
    super.connectedCallback();
    this.#list.addEventListener('change', this.#changed);
    addEventListener('hashchange', this.#routed);
    this.#list.start();
    this.#open();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    this.#list.removeEventListener('change', this.#changed);
    removeEventListener('hashchange', this.#routed);
    this.#list.stop();
  }

  render() {
    return html`
      <header class="head"><a class="brand" href="#/">${icon('bay')}Oriel</a></header>
      <main>
        ${this.#view()}
      </main>
    `;
  }

  #view() {
    if (this.camera === null) return nothing;
    return this.camera
      ? html`<camera-page .list=${this.#list} .name=${this.camera} .version=${this.version}></camera-page>`
      : html`<camera-wall .list=${this.#list} .version=${this.version}></camera-wall>`;
  }

  #changed = () => {
    this.version++;
  };

  #routed = async () => {
    this.#left = this.camera;
    if (!this.camera) this.#scrolled = scrollY;
    await this.#open();
    await this.updateComplete;
    const view = this.renderRoot.querySelector('camera-page, camera-wall');
    await view.updateComplete;
    await this.#arrive(view);
  };

  // Where the view begins for eyes, keyboard and screen reader; back on the wall, where it was left.
  async #arrive(view) {
    const back = !this.camera && (await view.focusTile(this.#left));
    if (!back) view.renderRoot.querySelector('h1').focus();
    scrollTo(0, this.camera ? 0 : this.#scrolled);
  }

  // The camera's page comes when somebody asks for it: the wall need not wait for its modules.
  async #open() {
    const camera = cameraOf(location.hash);
    if (camera) await import('./views/camera-page.js');
    this.camera = camera;
    document.title = camera ? `${camera} – Oriel` : 'Oriel';
  }
}

await speak();
customElements.define('oriel-app', OrielApp);
