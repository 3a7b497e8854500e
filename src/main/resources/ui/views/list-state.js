import { html, nothing } from 'lit';
import { icon } from '../icons.js';
import { clock, t } from '../i18n.js';

/** Says that the list is old, while the gateway does not answer. */
export function listBanner(list) {
  if (!list.error || !list.at) return nothing;
  return html`<div class="banner" role="alert">
    ${icon('alert')}
    <p>${t('list.lost', { time: clock(list.at) })} ${detail(list.error)}</p>
    ${again(list)}
  </div>`;
}

/** Says why there is no list at all. */
export function listError(list) {
  return html`<div class="banner" role="alert">
    ${icon('alert')}
    <p>${t(`reason.${list.error.code}.long`)} ${detail(list.error)}</p>
    ${again(list)}
  </div>`;
}

// What the gateway said itself is English.
function detail(error) {
  return error.code === 'no-permission' && error.message ? html`<span lang="en">${error.message}</span>` : nothing;
}

function again(list) {
  return html`<button class="button" @click=${list.refresh}>${t('again')}</button>`;
}
