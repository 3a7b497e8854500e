import { LitElement, css, html, nothing } from 'lit';
import { explanation } from '../api.js';
import { copy } from '../clipboard.js';
import { icon } from '../icons.js';
import { number, t } from '../i18n.js';
import { long, nextTry, reasonOf } from '../words.js';
import { chain, report } from './chain-links.js';
import { pageStyles } from './page-styles.js';
import { sheetStyles } from './sheet-styles.js';

/** Reasons that the gateway, not we, puts into words: they are English. */
const SPOKEN_BY_GATEWAY = ['other', 'codec', 'unsupported', 'protocol', 'server', 'tls'];

const TICK_MS = 1000;
const COPIED_MS = 2000;
const MARKS = { good: ['check', 'ok'], broken: ['close', 'error'], open: ['dot', 'quiet'] };

/**
 * "Why is it not playing?": the links from the camera's name over its network, sign-in and tracks, which the gateway
 * knows, to the way here and this browser; the first broken one with what to do. Folded while all is well. Fires
 * `try-now`.
 */
export class CameraChain extends LitElement {
  static properties = {
    camera: { attribute: false },
    playing: { attribute: false },
    figures: { attribute: false },
    nextTry: { attribute: false },
    listed: { type: Boolean },
    explained: { state: true },
    copied: { state: true },
  };

  static styles = [
    pageStyles,
    sheetStyles,
    css`
      ol {
        margin: 12px 0;
      }
      .why {
        margin: 8px 0 12px;
      }
      .buttons {
        display: flex;
        flex-wrap: wrap;
        gap: 8px;
        margin-top: 12px;
      }
      summary {
        min-height: var(--target);
        line-height: var(--target);
        color: var(--primary);
        cursor: pointer;
      }
    `,
  ];

  #ticking = 0;
  #asking = false;
  #again = false;

  connectedCallback() {
    super.connectedCallback();
    this.#ticking = setInterval(() => this.playing.state !== 'live' && this.requestUpdate(), TICK_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  willUpdate(changed) {
    if (changed.has('camera') && changed.get('camera')?.name !== this.camera.name) this.explained = null;
  }

  updated(changed) {
    if (changed.has('camera') || changed.has('listed')) this.#explain();
  }

  render() {
    const { state } = this.playing;
    const links = chain(this);
    return state === 'live' || state === 'paused' ? this.#well(links) : this.#ill(links);
  }

  #well(links) {
    const latency = this.figures.latencyMs;
    return html`<h2>${t('chain.well')}</h2>
      <p class="row"><span class="ok">${icon('check')}</span>
        <span>${latency ? t('chain.behind', { ms: number(latency) }) : t('chain.plays')}</span></p>
      <details><summary>${t('chain.each')}</summary>${this.#list(links)}</details>`;
  }

  #ill(links) {
    const broken = links.find((link) => link.mark === 'broken');
    return html`<h2>${t('chain.why')}</h2>
      ${this.#list(links)} ${broken ? this.#broken(broken) : nothing}
      <div class="buttons">
        ${this.camera.state === 'off' ? nothing : html`<button class="button first" @click=${this.#tryNow}>${t('try-now')}</button>`}
        <button class="button" @click=${this.#copy}>${icon(this.copied ? 'check' : 'copy')}${t('chain.report')}</button>
      </div>
      <div role="status" class="quiet">${this.copied ? t('elsewhere.copied') : ''}</div>`;
  }

  #list(links) {
    return html`<ol class="plain">
      ${links.map(({ key, mark, text }) => html`<li class="row">
        <span class=${MARKS[mark][1]}>${icon(MARKS[mark][0])}</span>
        <span><strong>${t(`chain.${key}`)}</strong> ${text}</span>
      </li>`)}
    </ol>`;
  }

  #broken({ text, action }) {
    const reason = reasonOf(this.camera, this.playing.reason);
    const off = this.camera.state === 'off';
    return html`${reason && !off
        ? html`<p class="why" lang=${SPOKEN_BY_GATEWAY.includes(reason.code) ? 'en' : nothing}>
            ${long(reason, this.camera.name)}
          </p>`
        : html`<p class="why">${text}</p>`}
      ${action ? html`<p class="why">${t(`chain.action.${action}`)}</p>` : nothing}
      ${off ? nothing : html`<p class="quiet">${nextTry(this.camera.nextTry, this.nextTry)}</p>`}`;
  }

  // Anew whenever the list says something new of the camera; one question at a time.
  async #explain() {
    this.#again = true;
    if (this.#asking || !this.listed) return;
    this.#asking = true;
    while (this.#again && this.isConnected) {
      this.#again = false;
      const { name } = this.camera;
      try {
        const explained = await explanation(name);
        if (name === this.camera.name) this.explained = explained;
      } catch (error) {
        // The list says it, if the gateway is away; else the links stay as they were.
        console.debug('no explanation', error);
      }
    }
    this.#asking = false;
  }

  #tryNow = () => this.dispatchEvent(new CustomEvent('try-now'));

  #copy = async () => {
    await copy(report(this, chain(this)));
    this.copied = true;
    setTimeout(() => (this.copied = false), COPIED_MS);
  };
}

customElements.define('camera-chain', CameraChain);
