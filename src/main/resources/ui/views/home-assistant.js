import { LitElement, html, nothing } from 'lit';
import { address, home } from '../api.js';
import { ago, t } from '../i18n.js';
import { formStyles } from './form-styles.js';
import { pageStyles } from './page-styles.js';
import { copyLine, fact, failed } from './section.js';
import { sheetStyles } from './sheet-styles.js';

const ASK_MS = 10_000;

/**
 * Whether Home Assistant's own live player uses Oriel; if not, the one line that has it do so. And whether the MQTT broker
 * hears of the cameras.
 */
export class HomeAssistantState extends LitElement {
  static properties = {
    who: { attribute: false },
    facts: { state: true },
    error: { state: true },
    copied: { state: true },
  };

  static styles = [pageStyles, sheetStyles, formStyles];

  #timer = 0;

  connectedCallback() {
    super.connectedCallback();
    this.#ask();
  }

  disconnectedCallback() {
    super.disconnectedCallback();
    clearTimeout(this.#timer);
  }

  render() {
    return html`<section class="stack" aria-labelledby="home">
      <h2 id="home">Home Assistant</h2>
      ${failed(this.error)} ${this.facts ? this.#facts(this.facts) : nothing}
    </section>`;
  }

  #facts({ app, go2rtc, rtsp_to_webrtc: old, integration, core, url, mqtt }) {
    const call = go2rtc ?? old;
    return html`${call
        ? fact(true, t('home.asked', { version: call.version, ago: ago(Date.parse(call.called)) }))
        : fact(false, t('home.never'))}
      ${app ? nothing : fact(null, t('home.no-app'))} ${core ? fact(true, t('home.core', { version: core.version })) : nothing}
      ${this.#integration(integration, Boolean(call))} ${this.#broker(mqtt)} ${call ? nothing : this.#line(app, url)}`;
  }

  #integration({ state, reload_asked: asked }, called) {
    if (state === 'failed-elsewhere') return fact(false, t('home.elsewhere'));
    if (asked) return fact(state === 'well', t('home.reloaded', { ago: ago(Date.parse(asked)) }));
    if (state === 'failed') return fact(false, t('home.failed'));
    return state === 'none' && !called ? fact(null, t('home.none')) : nothing;
  }

  #broker(mqtt) {
    if (!mqtt) return fact(null, t('mqtt.none'));
    const { connected, broker, since, failure } = mqtt;
    const why = failure ? html` <span lang="en">${failure}</span>` : nothing;
    if (connected) return fact(!failure, html`${t('mqtt.connected', { broker, ago: ago(Date.parse(since)) })}${why}`);
    return failure
      ? fact(false, html`${t('mqtt.away', { broker })}${why}`)
      : fact(null, t('mqtt.connecting', { broker }));
  }

  // For a Home Assistant on the same machine the gateway knows it, if that port is open; elsewhere it is the one by which we
  // were asked.
  #line(app, besideUs) {
    const url = app || this.who.door === 'ingress' ? besideUs : address('').replace(/\/$/, '');
    if (!url) return nothing;
    const line = `go2rtc: {url: ${url.includes('[') ? `"${url}"` : url}}`;
    return html`<p>${t('home.how')}</p>
      ${copyLine(this, t('home.line'), line)}
      <p class="quiet">${t('home.then')}</p>`;
  }

  async #ask() {
    try {
      if (!document.hidden) this.facts = await home();
      this.error = null;
    } catch (error) {
      this.error = error;
    }
    clearTimeout(this.#timer); // Left and come back while the answer was awaited: another round may be on.
    if (this.isConnected) this.#timer = setTimeout(() => this.#ask(), ASK_MS);
  }
}

customElements.define('home-assistant', HomeAssistantState);
