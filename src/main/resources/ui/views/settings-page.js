import { LitElement, css, html, nothing } from 'lit';
import { t } from '../i18n.js';
import './home-assistant.js';
import { pageStyles } from './page-styles.js';
import { sheetStyles } from './sheet-styles.js';
import './access-settings.js';
import './configuration-settings.js';

/** What an administrator sets: Home Assistant, who may come in, and the configuration. */
export class SettingsPage extends LitElement {
  static properties = { who: { attribute: false }, list: { attribute: false }, version: { type: Number } };

  static styles = [
    pageStyles,
    sheetStyles,
    css`
      h1 {
        margin-bottom: 16px;
      }
      .sections,
      .column {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 16px;
        align-items: start;
      }
      @media (min-width: 1000px) {
        .sections {
          grid-template-columns: repeat(2, minmax(0, 1fr));
        }
      }
    `,
  ];

  render() {
    return html`<h1 tabindex="-1">${t('settings.title')}</h1>
      ${this.who?.role === 'admin' ? this.#sections() : this.who ? html`<p>${t('reason.no-permission.long')}</p>` : nothing}`;
  }

  #sections() {
    const cameras = (this.list.cameras ?? []).filter(({ aliasOf }) => aliasOf === null).map(({ name }) => name);
    return html`<div class="sections">
      <div class="column">
        <home-assistant class="sheet" .who=${this.who}></home-assistant>
        <access-settings class="sheet" .who=${this.who} .cameras=${cameras}></access-settings>
      </div>
      <configuration-settings class="sheet"></configuration-settings>
    </div>`;
  }
}

customElements.define('settings-page', SettingsPage);
