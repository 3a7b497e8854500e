import { html, nothing } from 'lit';
import { icon } from '../icons.js';
import { number, t } from '../i18n.js';
import { look, short } from '../words.js';

/** Where a camera's tracks come from. Addresses are left out: they hold passwords, and people look over shoulders. */
export function sources(camera) {
  return html`<section class="sheet" aria-labelledby="sources">
    <h2 id="sources">${t('sources.title')}</h2>
    ${camera.sources.length === 0
      ? html`<p class="quiet">${t('sources.none')}</p>`
      : html`<ul class="plain">${camera.sources.map(row)}</ul>`}
    <p class="quiet">${t('sources.viewers', { count: camera.viewers.length })}</p>
  </section>`;
}

function row(source) {
  const state = source.state === 'retrying' ? 'offline' : source.state;
  const { icon: sign, tone } = look(state);
  return html`<li class="row">
    <span class=${tone}>${icon(sign)}</span>
    <div>
      <p>${[source.kind, source.remote].filter(Boolean).join(' · ')}</p>
      <p class="quiet">${source.reason && state !== 'live' ? short(source.reason) : t(`source.${source.state}`)}</p>
      ${source.tracks.map((track) => html`<p class="quiet">${described(track)}</p>`)}
    </div>
  </li>`;
}

function described(track) {
  const size = track.width ? `${track.width} × ${track.height}` : '';
  const rate = track.rate ? `${number(track.rate / 1000, 1)} kHz` : '';
  const sides = track.channels > 1 ? t('track.stereo') : '';
  return html`${[t(`track.${track.kind}`), track.codec, size, rate, sides].filter(Boolean).join(' · ')}${track.bFrames
    ? html` · ${t('track.b-frames')}`
    : nothing}`;
}
