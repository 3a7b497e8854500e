import { css, html, nothing } from 'lit';
import { isLost } from '../camera-facts.js';
import { icon } from '../icons.js';
import { t } from '../i18n.js';
import { lastPicture, nextTry, reasonOf, short } from '../words.js';

/** How the player looks. */
export const styles = css`
  :host {
    display: flex;
    flex-direction: column;
    position: relative;
    background: #000;
    color: #fff;
    overflow: hidden;
  }
  :host([cover]) {
    position: fixed;
    inset: 0;
    z-index: 10;
  }
  .stage {
    position: relative;
    flex: 1;
    min-height: 0;
    display: grid;
    aspect-ratio: 16 / 9;
  }
  :host(:fullscreen) .stage,
  :host([cover]) .stage,
  :host([fill]) .stage {
    aspect-ratio: auto;
  }
  .stage:focus-visible {
    outline: 3px solid #4fb8e8;
    outline-offset: -3px;
  }
  video {
    position: absolute;
    inset: 0;
    width: 100%;
    height: 100%;
    object-fit: contain;
  }
  :host([fit="cover"]) video {
    object-fit: cover;
  }
  video.old {
    filter: grayscale(1) brightness(0.5);
  }
  video.none {
    visibility: hidden;
  }
  .veil {
    position: relative;
    place-self: center;
    display: flex;
    flex-direction: column;
    align-items: center;
    gap: 4px;
    max-width: 90%;
    padding: 12px 16px;
    border-radius: 8px;
    text-align: center;
    overflow-wrap: anywhere;
    font-size: 14px;
    background: rgb(0 0 0 / 62%);
  }
  .notice {
    position: absolute;
    inset: auto 0 0;
    display: flex;
    align-items: center;
    gap: 8px;
    margin: 0;
    padding: 8px 12px;
    font-size: 14px;
    background: rgb(0 0 0 / 62%);
  }
  .veil strong {
    font-size: 16px;
    font-weight: 600;
  }
  .spinner {
    width: 28px;
    height: 28px;
    border: 3px solid rgb(255 255 255 / 35%);
    border-top-color: #fff;
    border-radius: 50%;
    animation: turn 1s linear infinite;
  }
  @keyframes turn {
    to {
      transform: rotate(1turn);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation: none;
    }
  }
  .bar {
    display: flex;
    align-items: center;
    gap: 4px;
    padding: 4px 8px;
    background: #161616;
    font-size: 14px;
  }
  .bar p {
    flex: 1;
    margin: 0 8px;
  }
  button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-width: 44px;
    min-height: 44px;
    padding: 0 12px;
    border: 0;
    border-radius: 8px;
    background: none;
    color: inherit;
    font: inherit;
    cursor: pointer;
  }
  button:hover {
    background: rgb(255 255 255 / 14%);
  }
  button:focus-visible {
    outline: 3px solid #4fb8e8;
    outline-offset: -3px;
  }
  button:disabled {
    color: #a8adb3;
    cursor: default;
    background: none;
  }
  @media (max-width: 480px) {
    .bar button span {
      display: none;
    }
  }
`;

/** What lies over the picture while it is not live: always words, never just a black box. */
export function veil(player) {
  switch (player.state) {
    case 'connecting':
      return html`<div class="veil"><div class="spinner"></div>${t('state.connecting')}</div>`;
    case 'stalled':
      if (isLost(player.camera)) return lost(player);
      return words('alert', t('state.stalled'), lastPicture(player.lastPicture));
    case 'offline':
      return lost(player);
    case 'blocked':
      return html`<div class="veil"><button @click=${() => player.play()}>${icon('play')}${t('player.tap')}</button></div>`;
    case 'paused':
      return words('pause', t('state.paused'));
    case 'idle':
      if (isLost(player.camera)) return lost(player);
      return player.hint ? html`<div class="veil" part="reason">${player.hint}</div>` : nothing;
    default:
      return nothing;
  }
}

/** What is to be said of a picture that comes, and not as it should. */
export function notice(player) {
  if (player.state !== 'live' || !player.slow) return nothing;
  return html`<p class="notice" part="notice" role="status">${icon('alert')}${t('player.slow')}</p>`;
}

/** The buttons under the picture. */
export function bar(player) {
  const paused = player.state === 'paused';
  const full = player.isFull;
  return html`<div class="bar" part="bar">
    <button aria-label=${t(paused ? 'player.play' : 'player.pause')}
      @click=${() => (paused ? player.play() : player.pause())}>
      ${icon(paused ? 'play' : 'pause')}<span>${t(paused ? 'player.play' : 'player.pause')}</span>
    </button>
    <button class="sound" ?disabled=${!player.hasSound} aria-pressed=${String(player.hasSound && !player.muted)}
      aria-label=${t('player.sound')} @click=${() => player.turnSound()}>
      ${icon(player.muted || !player.hasSound ? 'silent' : 'sound')}<span>${t('player.sound')}</span>
    </button>
    <p part="caption">${player.soundRefused ? t('player.tap-for-sound') : nothing}</p>
    <button aria-label=${t(full ? 'player.leave-fullscreen' : 'player.fullscreen')} @click=${() => player.fullscreen()}>
      ${icon(full ? 'leaveFullscreen' : 'fullscreen')}<span>${t(full ? 'player.leave-fullscreen' : 'player.fullscreen')}</span>
    </button>
  </div>`;
}

function lost(player) {
  // A stream that only names another one has no reason of its own.
  const reason = reasonOf(player.camera, player.reason) ?? { code: 'other' };
  return words('off', short(reason), nextTry(player.camera?.nextTry, player.nextTry), lastPicture(player.lastPicture));
}

function words(sign, headline, ...lines) {
  return html`<div class="veil" part="reason">
    ${icon(sign)}<strong>${headline}</strong>${lines.filter(Boolean).map((line) => html`<span>${line}</span>`)}
  </div>`;
}
