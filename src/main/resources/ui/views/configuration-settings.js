import { LitElement, html, nothing } from 'lit';
import { move, moving, reload } from '../api.js';
import { icon } from '../icons.js';
import { t } from '../i18n.js';
import { formStyles } from './form-styles.js';
import { pageStyles } from './page-styles.js';
import { failed } from './section.js';
import { sheetStyles } from './sheet-styles.js';

const MARKS = { yes: ['check', 'ok'], partly: ['alert', 'warn'], no: ['close', 'error'] };

/** Reading the configuration again, and moving in from go2rtc or Frigate. */
export class ConfigurationSettings extends LitElement {
  static properties = {
    report: { state: true },
    found: { state: true },
    review: { state: true },
    busy: { state: true },
    error: { state: true },
    movingError: { state: true },
  };

  static styles = [pageStyles, sheetStyles, formStyles];

  connectedCallback() {
    super.connectedCallback();
    this.#look();
  }

  render() {
    return html`<section class="stack" aria-labelledby="reload">
        <h2 id="reload">${t('config.title')}</h2>
        <p class="quiet">${t('config.what')}</p>
        <button class="button" ?disabled=${this.busy} @click=${this.#reload}>${t('config.reload')}</button>
        ${failed(this.error)}
        <div role="status">${this.report ? this.#report(this.report) : nothing}</div>
      </section>
      <section class="stack" aria-labelledby="moving">
        <h2 id="moving">${t('moving.title')}</h2>
        ${this.found?.found ? this.#found(this.found) : nothing}
        <p>${t('moving.paste')}</p>
        <form class="stack" @submit=${this.#check}>
          <label>${t('moving.text')}
            <textarea name="text" rows="6" spellcheck="false" autocapitalize="none" required></textarea></label>
          <button class="button" ?disabled=${this.busy}>${t('moving.check')}</button>
        </form>
        ${failed(this.movingError)}
        <div role="status">${this.review ? this.#reviewed(this.review) : nothing}</div>
      </section>`;
  }

  #report({ changes, restart }) {
    return html`${changes.length
        ? html`<ul lang="en">${changes.map((line) => html`<li>${line}</li>`)}</ul>`
        : html`<p>${t('config.same')}</p>`}
      ${restart.length ? html`<p>${t('config.restart', { keys: restart.join(', ') })}</p>` : nothing}`;
  }

  #found({ path, used, adoptable, why, rows }) {
    return html`<p>${t('moving.found', { path })} ${used ? t('moving.used') : nothing}</p>
      ${table(rows)} ${why ? html`<p lang="en">${why}</p>` : nothing}
      ${adoptable
        ? html`<button class="button first" ?disabled=${this.busy} @click=${this.#adopt}>${t('moving.adopt')}</button>`
        : nothing}`;
  }

  #reviewed({ kind, usable, rows }) {
    return html`<p>${t(kind === 'frigate' ? 'moving.kind.frigate' : 'moving.kind.go2rtc')}</p>
      ${table(rows)} ${usable ? html`<p>${t('moving.usable')}</p>` : nothing}`;
  }

  #reload = () => this.#do('error', async () => (this.report = await reload()));

  #adopt = () =>
    this.#do('movingError', async () => {
      this.report = await move({ adopt: true });
      await this.#look();
    });

  #check = (event) => {
    event.preventDefault();
    const text = new FormData(event.target).get('text');
    this.#do('movingError', async () => (this.review = await move({ text })));
  };

  async #look() {
    try {
      this.found = await moving();
    } catch (error) {
      this.movingError = error;
    }
  }

  async #do(error, deed) {
    this.busy = true;
    this[error] = null;
    try {
      await deed();
    } catch (refusal) {
      this[error] = refusal;
    }
    this.busy = false;
  }
}

function table(rows) {
  return html`<div class="table"><table>
    <thead><tr><th>${t('moving.key')}</th><th>${t('moving.works')}</th><th>${t('moving.why')}</th></tr></thead>
    <tbody>
      ${rows.map(({ key, works, why }) => html`<tr>
        <td><code>${key}</code></td>
        <td class="word ${MARKS[works][1]}">${icon(MARKS[works][0])} ${t(`moving.${works}`)}</td>
        <td lang="en">${why}</td>
      </tr>`)}
    </tbody>
  </table></div>`;
}

customElements.define('configuration-settings', ConfigurationSettings);
