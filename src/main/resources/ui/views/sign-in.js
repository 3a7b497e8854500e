import { LitElement, css, html, nothing } from 'lit';
import { me } from '../api.js';
import { icon } from '../icons.js';
import { t } from '../i18n.js';
import { basic, remember } from '../login.js';
import { formStyles } from './form-styles.js';
import { pageStyles } from './page-styles.js';

/** Asks for the login that this address wants. Fires `signed-in` with who that is. */
export class SignIn extends LitElement {
  static properties = { busy: { state: true }, error: { state: true } };

  static styles = [
    pageStyles,
    formStyles,
    css`
      form {
        display: grid;
        gap: 16px;
        max-width: 440px;
        margin: 0 auto;
        padding: 24px;
        border-radius: var(--radius);
        background: var(--card);
        box-shadow: var(--shadow);
      }
    `,
  ];

  constructor() {
    super();
    this.busy = false;
    this.error = null;
  }

  render() {
    return html`<form @submit=${this.#submit}>
      <h1 tabindex="-1">${t('sign-in.title')}</h1>
      <p>${t('sign-in.how')}</p>
      <label>${t('sign-in.user')}
        <input name="user" autocomplete="username" autocapitalize="none" spellcheck="false" required></label>
      <label>${t('sign-in.password')}
        <input name="password" type="password" autocomplete="current-password" required></label>
      <p role="alert" class="error">${this.error ? html`${icon('alert')} ${said(this.error)}` : nothing}</p>
      <button class="button first" ?disabled=${this.busy}>${t('sign-in.title')}</button>
    </form>`;
  }

  #submit = async (event) => {
    event.preventDefault();
    const fields = new FormData(event.target);
    this.busy = true;
    this.error = null;
    remember(basic(fields.get('user'), fields.get('password')));
    try {
      this.dispatchEvent(new CustomEvent('signed-in', { detail: await me() }));
    } catch (error) {
      remember('');
      this.error = error;
    }
    this.busy = false;
  };
}

function said({ code, answer }) {
  if (code === 'sign-in') return t('sign-in.wrong');
  if (code === 'slow-down') return t('sign-in.slow-down', { seconds: answer.retrySeconds });
  return t(code === 'no-permission' ? 'reason.no-permission.long' : 'reason.gateway.long');
}

customElements.define('sign-in', SignIn);
