import { LitElement, css, html } from 'lit';
import { address } from '../api.js';
import { copy } from '../clipboard.js';
import { icon } from '../icons.js';
import { t } from '../i18n.js';
import { pageStyles } from './page-styles.js';
import { sheetStyles } from './sheet-styles.js';

const COPIED_MS = 2000;

/** Addresses and lines by which other programs show this camera, each with a button that copies it. */
export class UseElsewhere extends LitElement {
  static properties = { name: {}, copied: { state: true } };

  static styles = [
    pageStyles,
    sheetStyles,
    css`
      h3 {
        margin: 16px 0 4px;
        font-size: 16px;
      }
      .line {
        display: grid;
        grid-template-columns: minmax(0, 1fr) auto;
        gap: 8px;
        align-items: start;
      }
      pre {
        min-height: var(--target);
        white-space: pre-wrap;
        overflow-wrap: anywhere;
      }
      .button {
        padding: 0 12px;
      }
    `,
  ];

  render() {
    const root = address('');
    return html`<h2>${t('elsewhere.title')}</h2>
      <p class="quiet">${t('elsewhere.login')}</p>
      ${this.#line('ha', `go2rtc:\n  url: ${root}`)} ${this.#line('rtsptowebrtc', root)}
      ${this.#line('whep', address('api/webrtc', { src: this.name }))}
      <div role="status" class="quiet">${this.copied ? t('elsewhere.copied') : ''}</div>`;
  }

  #line(key, text) {
    const what = t(`elsewhere.${key}`);
    const done = this.copied === key;
    return html`<h3>${what}</h3>
      <div class="line">
        <pre><code>${text}</code></pre>
        <button class="button" aria-label=${t('elsewhere.copy', { what })} @click=${() => this.#copy(key, text)}>
          ${icon(done ? 'check' : 'copy')}
        </button>
      </div>`;
  }

  async #copy(key, text) {
    await copy(text);
    this.copied = key;
    setTimeout(() => (this.copied = undefined), COPIED_MS);
  }
}

customElements.define('use-elsewhere', UseElsewhere);
