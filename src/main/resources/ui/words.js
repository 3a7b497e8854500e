import { isLost } from './camera-facts.js';
import { clock, knows, t } from './i18n.js';

/** What is to be said of a camera: its own state, and that of the player that shows it, in one word of `state.*`. */
export function stateOf(camera, player) {
  if (camera.state === 'off') return 'off';
  if (isLost(camera)) return 'offline';
  if (player === 'live' || player === 'paused' || player === 'blocked') return player;
  if (player === 'offline' || player === 'stalled' || player === 'connecting') return player;
  return camera.state === 'live' ? 'ready' : camera.state;
}

/** What a state is drawn by: an icon, and a colour's name. */
export function look(state) {
  if (state === 'live') return { icon: 'dot', tone: 'ok' };
  if (state === 'offline') return { icon: 'alert', tone: 'error' };
  if (state === 'stalled' || state === 'blocked') return { icon: 'alert', tone: 'warn' };
  return { icon: state === 'off' ? 'off' : 'dot', tone: 'muted' };
}

/** Why no picture comes: what the gateway says of the camera, unless the fault lies between it and this browser. */
export function reasonOf(camera, own) {
  if (own && (own.code === 'path' || own.code === 'gateway')) return own;
  return camera?.reason ?? own;
}

/** A reason in at most 32 letters. */
export function short(reason) {
  return t(`reason.${known(reason)}.short`);
}

/** A reason with what to do about it. */
export function long(reason, name) {
  return t(`reason.${known(reason)}.long`, { camera: name, detail: reason.sentence, ...reason.details });
}

/** When the next try is, of a camera that is tried again and again; or that it is under way. */
export function nextTry(...times) {
  const seconds = Math.ceil((Math.min(...times.filter(Boolean)) - Date.now()) / 1000);
  return Number.isFinite(seconds) && seconds > 0 ? t('next-try', { seconds }) : t('trying');
}

export function lastPicture(time) {
  return time ? t('last-picture', { time: clock(time) }) : '';
}

// A newer gateway may have reasons that this page has no words for; its own sentence is then shown as it is.
function known(reason) {
  return knows(`reason.${reason.code}.short`) ? reason.code : 'other';
}
