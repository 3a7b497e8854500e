import { html, nothing } from 'lit';
import { copy } from '../clipboard.js';
import { icon } from '../icons.js';
import { t } from '../i18n.js';

const COPIED_MS = 2000;

/** A text to copy with its button; `host` is the component that shows it, and keeps what was copied in `copied`. */
export function copyLine(host, what, text) {
  const done = host.copied === text;
  return html`<div class="line">
    <pre tabindex="0"><code>${text}</code></pre>
    <button class="button" aria-label=${t('elsewhere.copy', { what })} @click=${() => copied(host, text)}>
      ${icon(done ? 'check' : 'copy')}
    </button>
  </div>`;
}

/** Says what could not be done: in the gateway's own words where the fault lies in what it was given. */
export function failed(error) {
  if (!error) return html`<p role="alert" hidden></p>`;
  const theirs = error.answer?.status >= 400 && error.answer.status < 600 && error.message;
  return html`<p role="alert" class="error">
    ${icon('alert')} ${theirs ? html`<span lang="en">${error.message}</span>` : t('reason.gateway.long')}
  </p>`;
}

async function copied(host, text) {
  await copy(text);
  host.copied = text;
  setTimeout(() => (host.copied = null), COPIED_MS);
}

/** A state in words with its sign. */
export function fact(good, text) {
  const [sign, tone] = good === null ? ['dot', 'quiet'] : good ? ['check', 'ok'] : ['alert', 'warn'];
  return text ? html`<p class="row"><span class=${tone}>${icon(sign)}</span><span>${text}</span></p>` : nothing;
}
