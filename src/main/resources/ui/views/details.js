import { html, nothing } from 'lit';
import { number, t } from '../i18n.js';

/** The figures of a connection, as the browser measures them. */
export function details(figures) {
  const rows = figures.videoCodec ? measured(figures) : [];
  return html`<section class="sheet details" aria-labelledby="details">
    <h2 id="details">${t('details.title')}</h2>
    ${rows.length === 0
      ? html`<p class="quiet">${t('details.measuring')}</p>`
      : html`<dl>
            ${rows.map(([key, value, unit]) => html`<div class=${key}>
              <dt>${t(`details.${key}`)}</dt>
              <dd>${value}${unit ? html` <small>${unit}</small>` : nothing}</dd>
            </div>`)}
          </dl>
          <p class="quiet">${t('details.latency.meaning')}</p>`}
  </section>`;
}

function measured(figures) {
  return [
    ['resolution', `${figures.width} × ${figures.height}`],
    ['codec', [figures.videoCodec, figures.audioPackets > 0 ? figures.audioCodec : ''].filter(Boolean).join(' + ')],
    ['fps', number(figures.fps), t('unit.fps')],
    ['bitrate', figures.kbitPerSecond < 1000 ? number(figures.kbitPerSecond) : number(figures.kbitPerSecond / 1000, 1),
      t(figures.kbitPerSecond < 1000 ? 'unit.kbit' : 'unit.mbit')],
    ['loss', number(100 * figures.loss, 1), '%'],
    ['latency', figures.latencyMs === null ? '–' : number(figures.latencyMs), t('unit.ms')],
    ['dropped', number(figures.dropped)],
    ['way', `WebRTC ${figures.way}`],
  ];
}
