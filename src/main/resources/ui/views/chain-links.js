import { number, t } from '../i18n.js';
import { reasonOf, short } from '../words.js';

/** Actions of the gateway that have words of their own; the others are the button beside them. */
const SAID = ['edit-address', 'password', 'configuration', 'network-test', 'certificate'];

const GATEWAYS_LINKS = ['name', 'network', 'sign-in', 'tracks'];

/**
 * The links of the chain: `key`, `mark` (`good`, `broken`, `open`), `text`, and of a broken one maybe `action`.
 *
 * @param facts `camera` as the list has it, `explained` as the gateway explains it (or null), `playing` and `figures` of
 *     the player, `listed` whether the gateway answers
 */
export function chain({ camera, explained, playing, figures, listed }) {
  const reason = reasonOf(camera, playing.reason);
  if (!listed || reason?.code === 'gateway') return unreachable(reason);
  const links = (explained ?? GATEWAYS_LINKS.map((step) => ({ step, ok: null }))).map((link) => gatewayLink(link, camera));
  const broken = links.some(({ mark }) => mark === 'broken');
  const whole = links.every(({ mark }) => mark === 'good');
  const firstBroken = links.findIndex(({ mark }) => mark === 'broken');
  return [...links, way(playing, figures, reason, whole), browser(camera, playing, broken)].map((link, at) =>
    link.text ? link : { ...link, text: at < firstBroken ? t('chain.unknown') : waiting(camera, playing, broken) },
  );
}

/** The chain as a text for somebody who is asked for help. It names no address and no password. */
export function report({ camera, playing, figures }, links) {
  return [
    `Oriel: ${camera.name}`,
    `state: ${camera.state}, here: ${playing.state}${playing.reason ? ` (${playing.reason.code})` : ''}`,
    ...links.map(({ key, mark, text }) => `${mark} ${key}: ${text}`),
    ...camera.sources.map(({ kind, state, reason, tracks }) =>
      [`source ${kind}`, state, reason?.code, ...tracks.map((track) => track.codec)].filter(Boolean).join(', '),
    ),
    figures.videoCodec ? `way: WebRTC ${figures.way}, ${Math.round(figures.kbitPerSecond)} kbit/s` : '',
    navigator.userAgent,
  ]
    .filter(Boolean)
    .join('\n');
}

// Where the gateway itself does not answer, nothing is known of the camera.
function unreachable(reason) {
  const link = { key: 'oriel', mark: 'broken', text: short(reason ?? { code: 'gateway' }) };
  return [link, ...[...GATEWAYS_LINKS, 'way', 'browser'].map((key) => ({ key, mark: 'open', text: t('chain.not-reached') }))];
}

function gatewayLink({ step, ok, text, action }, camera) {
  if (ok) return { key: step, mark: 'good', text: found(step, camera) };
  if (ok === null) return { key: step, mark: 'open', text: '' };
  const said = camera.state === 'off' ? t('tile.off') : camera.reason ? short(camera.reason) : text;
  return { key: step, mark: 'broken', text: said, action: SAID.includes(action) ? action : undefined };
}

// What a good link was found to be; the list has the same facts, and the words are the reader's.
function found(step, camera) {
  const live = camera.sources.find(({ state }) => state === 'live');
  if (step === 'network' && live?.remote) return live.remote;
  if (step === 'tracks' && live?.tracks.length) return [...new Set(live.tracks.map(({ codec }) => codec))].join(', ');
  return t('chain.good');
}

function way(playing, figures, reason, whole) {
  if (reason?.code === 'path') return { key: 'way', mark: 'broken', text: short(reason) };
  const open = playing.state === 'live' || playing.state === 'paused' || playing.state === 'stalled';
  if (!whole || !open) return { key: 'way', mark: 'open', text: '' };
  const trip = figures.roundTripMs ? `${number(figures.roundTripMs)} ${t('unit.ms')}` : '';
  return { key: 'way', mark: 'good', text: [figures.way, trip].filter(Boolean).join(' ') || t('chain.good') };
}

function browser(camera, playing, brokenBefore) {
  const refused = unplayable(camera);
  if (refused) return { key: 'browser', mark: 'broken', text: refused };
  if (!brokenBefore && playing.reason?.code === 'codec') {
    return { key: 'browser', mark: 'broken', text: short(playing.reason) };
  }
  const plays = [...playable('video'), ...playable('audio')];
  return { key: 'browser', mark: 'good', text: t('chain.plays-codecs', { codecs: plays.join(', ') }) };
}

// Of what the camera sends, the pictures that this browser cannot show.
function unplayable(camera) {
  const tracks = camera.sources.flatMap((source) => source.tracks).filter(({ kind }) => kind === 'video');
  const able = new Set(playable('video'));
  if (tracks.length === 0 || tracks.some(({ codec, bFrames }) => able.has(codec) && !bFrames)) return '';
  return t('chain.cannot-play', { codecs: [...new Set(tracks.map(({ codec }) => codec))].join(', ') });
}

/** The codecs that this browser takes by WebRTC, in the gateway's spelling. */
function playable(kind) {
  const known = kind === 'video' ? ['H264', 'H265', 'VP8', 'VP9', 'AV1'] : ['OPUS', 'PCMU', 'PCMA'];
  const types = RTCRtpReceiver.getCapabilities(kind).codecs.map(({ mimeType }) => mimeType.split('/')[1].toUpperCase());
  return known.filter((codec) => types.includes(codec));
}

function waiting(camera, playing, broken) {
  if (broken) return t('chain.not-reached');
  return camera.state === 'idle' && playing.state === 'idle' ? t('chain.rests') : t('chain.under-way');
}
