import { LitElement, css, html, nothing } from 'lit';
import { icon } from '../icons.js';
import { number, t } from '../i18n.js';
import { long, nextTry, reasonOf, short } from '../words.js';
import { pageStyles } from './page-styles.js';
import { sheetStyles } from './sheet-styles.js';

/** Reasons that the gateway, not we, puts into words: they are English. */
const SPOKEN_BY_GATEWAY = ['other', 'codec', 'unsupported', 'protocol', 'server', 'tls'];

const TICK_MS = 1000;

/**
 * "Why is it not playing?": the links from the gateway over the camera and the way here to the picture, the first broken
 * one with what to do. Fires `try-now`.
 */
export class CameraChain extends LitElement {
  static properties = {
    camera: { attribute: false },
    playing: { attribute: false },
    figures: { attribute: false },
    nextTry: { attribute: false },
    listed: { type: Boolean },
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
    `,
  ];

  #ticking = 0;

  connectedCallback() {
    super.connectedCallback();
    this.#ticking = setInterval(() => this.playing.state !== 'live' && this.requestUpdate(), TICK_MS);
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearInterval(this.#ticking);
  }

  render() {
    const { state } = this.playing;
    if (state === 'live' || state === 'paused') return this.#well();
    const reason = reasonOf(this.camera, this.playing.reason);
    return html`<h2>${t('chain.why')}</h2>
      <ol class="plain">
        ${this.#links(reason).map(([key, mark, text]) => html`<li class="row">
          <span class=${mark === 'check' ? 'ok' : mark === 'close' ? 'error' : 'quiet'}>${icon(mark)}</span>
          <span><strong>${t(`chain.${key}`)}</strong> ${text}</span>
        </li>`)}
      </ol>
      ${reason ? this.#reason(reason) : nothing}`;
  }

  #well() {
    const latency = this.figures.latencyMs;
    return html`<h2>${t('chain.well')}</h2>
      <p class="row"><span class="ok">${icon('check')}</span>
        <span>${latency ? t('chain.behind', { ms: number(latency) }) : t('chain.plays')}</span></p>`;
  }

  #reason(reason) {
    const when = nextTry(this.camera.nextTry, this.nextTry);
    return html`<p class="why" lang=${SPOKEN_BY_GATEWAY.includes(reason.code) ? 'en' : nothing}>
        ${long(reason, this.camera.name)}
      </p>
      <p class="quiet">${when}</p>
      <button class="button first" @click=${this.#tryNow}>${t('try-now')}</button>`;
  }

  // Mark and words of each link; what lies behind the first broken one is not known.
  #links(reason) {
    const ours = !this.listed || reason?.code === 'gateway';
    const theirs = !ours && reason && reason.code !== 'path';
    const way = !ours && reason?.code === 'path';
    const links = [
      ['oriel', !ours],
      ['camera', this.camera.state === 'live' && !theirs],
      ['way', this.playing.state === 'stalled'],
      ['picture', false],
    ];
    const broken = ours ? 0 : theirs ? 1 : way ? 2 : -1;
    return links.map(([key, good], index) => {
      if (index === broken) return [key, 'close', reason ? short(reason) : ''];
      if (broken >= 0 && index > broken) return [key, 'dot', t('chain.not-reached')];
      return good ? [key, 'check', t('chain.good')] : [key, 'dot', t('chain.under-way')];
    });
  }

  #tryNow = () => this.dispatchEvent(new CustomEvent('try-now'));
}

customElements.define('camera-chain', CameraChain);
