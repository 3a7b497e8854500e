import { speak, t } from './i18n.js';
import './player/oriel-player.js';
import { long } from './words.js';

/**
 * Players and nothing else, by the addresses of go2rtc's pages: `stream.html?src=…&src=…&mode=&media=&background=&width=`,
 * `webrtc.html?src=&media=`, and `webrtc/<stream>`.
 */

// Each decodes; a tab with more of them shows none of them well.
const MAX_PLAYERS = 16;

const RECEIVED = ['video', 'audio'];
const SENT = ['camera', 'microphone', 'display', 'speaker'];

const query = new URLSearchParams(location.search);
const page = location.pathname.slice(location.pathname.lastIndexOf('/') + 1);

/** The streams that the address names; a page may ask for one of them in several modes, and all of those are ours. */
function streams() {
  if (page === 'webrtc.html') return query.getAll('src').slice(0, 1);
  if (page !== 'stream.html') return [decoded(page)];
  const named = query.getAll('src');
  const modes = query.getAll('mode').length;
  while (named.length > 0 && named.length < modes) named.push(named[0]);
  return named.slice(0, MAX_PLAYERS);
}

function decoded(name) {
  try {
    return decodeURIComponent(name);
  } catch (error) {
    if (error instanceof URIError) return name;
    throw error;
  }
}

// A plus in an address stands for a blank.
const kinds = (query.get('media') ?? '').split(/[\s,+]+/);
const received = RECEIVED.filter((kind) => kinds.includes(kind));
const media = (received.length > 0 ? received : RECEIVED).join(',');
const sends = query.has('dst') || SENT.some((kind) => kinds.includes(kind));

function line(text) {
  const paragraph = document.createElement('p');
  paragraph.textContent = text;
  return paragraph;
}

function place(name, alone) {
  const section = document.createElement('section');
  if (query.has('width')) section.style.flex = `1 0 ${query.get('width')}`;
  const player = document.createElement('oriel-player');
  const why = line('');
  why.setAttribute('role', 'status');
  Object.assign(player, { src: name, label: name, media, controls: 'full', muted: true });
  player.background = query.get('background') !== 'false';
  player.toggleAttribute('fill', alone);
  player.addEventListener('oriel-state', ({ detail }) => {
    why.textContent = detail.state === 'offline' && detail.reason ? long(detail.reason, name) : '';
  });
  section.append(player, why);
  return section;
}

await speak();
const names = streams();
const title = document.createElement('h1');
title.textContent = names.join(', ') || 'Oriel';
document.title = names.length > 0 ? `${names.join(', ')} – Oriel` : 'Oriel';
const main = document.querySelector('main');
main.classList.toggle('several', names.length > 1);
main.append(title, ...names.map((name) => place(name, names.length === 1)));
if (names.length === 0) main.append(line(t('embed.no-stream')));
if (sends) document.body.append(line(t('embed.one-way')));
