import { LitElement, html, nothing } from 'lit';
import { firstPassword, links, revoke, share, users } from '../api.js';
import { moment, t } from '../i18n.js';
import { formStyles } from './form-styles.js';
import { pageStyles } from './page-styles.js';
import { copyLine, failed } from './section.js';
import { sheetStyles } from './sheet-styles.js';

const HOUR = 3600;
const LIVES = { hour: HOUR, day: 24 * HOUR, week: 7 * 24 * HOUR, month: 30 * 24 * HOUR };

/** Who may come in: this visitor, the login that Oriel made, and links that show one camera to a guest. */
export class AccessSettings extends LitElement {
  static properties = {
    who: { attribute: false },
    cameras: { attribute: false },
    users: { state: true },
    links: { state: true },
    first: { state: true },
    made: { state: true },
    error: { state: true },
    copied: { state: true },
  };

  static styles = [pageStyles, sheetStyles, formStyles];

  connectedCallback() {
    super.connectedCallback();
    this.#try(async () => {
      [this.users, this.links] = await Promise.all([users(), links()]);
      // Who came in by a password knows one.
      if (this.who.door === 'ingress') this.first = await firstPassword();
    });
  }

  render() {
    const { name, role } = this.who;
    return html`<section class="stack" aria-labelledby="access">
      <h2 id="access">${t('access.title')}</h2>
      <p>${t('access.you', { name, role: t(`role.${role}`) })}</p>
      ${this.first ? this.#first(this.first) : nothing}
      <h3>${t('access.users')}</h3>
      <p class="quiet">${t('access.users.what')}</p>
      ${this.users?.length ? this.#users() : nothing}
      <h3>${t('access.links')}</h3>
      <p class="quiet">${t('access.links.what')}</p>
      ${this.#form()} ${failed(this.error)} ${this.made ? this.#made(this.made) : nothing}
      ${this.links?.length ? this.#table() : nothing}
    </section>`;
  }

  #first({ user, password }) {
    return html`<h3>${t('access.first')}</h3>
      <p class="quiet">${t('access.first.what', { user })}</p>
      ${copyLine(this, t('sign-in.password'), password)}`;
  }

  #users() {
    return html`<div class="table"><table class="users">
      <thead><tr><th>${t('sign-in.user')}</th><th>${t('access.role')}</th><th>${t('wall.title')}</th></tr></thead>
      <tbody>
        ${this.users.map(({ name, role, streams }) => html`<tr>
          <td>${name}</td><td>${t(`role.${role}`)}</td><td>${streams ? streams.join(', ') : t('access.all')}</td>
        </tr>`)}
      </tbody>
    </table></div>`;
  }

  #form() {
    return html`<form class="fields" @submit=${this.#share}>
      <label>${t('access.camera')}
        <select name="camera">${this.cameras.map((name) => html`<option>${name}</option>`)}</select></label>
      <label>${t('access.life')}
        <select name="life">
          ${Object.keys(LIVES).map((life) => html`<option value=${life} ?selected=${life === 'day'}>${t(`life.${life}`)}</option>`)}
        </select></label>
      <button class="button first" ?disabled=${this.cameras.length === 0}>${t('access.make')}</button>
    </form>`;
  }

  #made({ url, token }) {
    return html`<div class="stack" role="status">
      <p>${t('access.made')}</p>
      ${copyLine(this, t('access.link'), url || token)}
    </div>`;
  }

  #table() {
    return html`<div class="table"><table class="links">
      <thead><tr><th>${t('access.camera')}</th><th>${t('access.ends')}</th><th>${t('access.by')}</th><td></td></tr></thead>
      <tbody>
        ${this.links.map(({ id, stream, expires, by }) => html`<tr>
          <td>${stream}</td><td>${moment(Date.parse(expires))}</td><td>${by}</td>
          <td><button class="button" aria-label=${t('access.end.of', { camera: stream })} @click=${() => this.#end(id)}>
            ${t('access.end')}</button></td>
        </tr>`)}
      </tbody>
    </table></div>`;
  }

  #share = (event) => {
    event.preventDefault();
    const fields = new FormData(event.target);
    this.#try(async () => {
      this.made = await share(fields.get('camera'), LIVES[fields.get('life')]);
      this.links = await links();
    });
  };

  #end(id) {
    this.#try(async () => {
      await revoke(id);
      if (this.made?.id === id) this.made = null;
      this.links = await links();
    });
  }

  async #try(deed) {
    try {
      await deed();
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }
}

customElements.define('access-settings', AccessSettings);
