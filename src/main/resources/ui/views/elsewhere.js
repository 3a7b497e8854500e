import { LitElement, css, html } from 'lit';
import { address } from '../api.js';
import { t } from '../i18n.js';
import { formStyles } from './form-styles.js';
import { pageStyles } from './page-styles.js';
import { copyLine } from './section.js';
import { sheetStyles } from './sheet-styles.js';

/** Addresses and lines by which other programs show this camera, each with a button that copies it. */
export class UseElsewhere extends LitElement {
  static properties = { name: {}, copied: { state: true } };

  static styles = [
    pageStyles,
    sheetStyles,
    formStyles,
    css`
      h3 {
        margin: 16px 0 4px;
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
    return html`<h3>${what}</h3>
      ${copyLine(this, what, text)}`;
  }
}

customElements.define('use-elsewhere', UseElsewhere);
