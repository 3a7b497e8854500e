import { authorization } from './login.js';

/**
 * The gateway's HTTP doors that the page uses. Addresses are relative to this module, for the page may live under any
 * prefix.
 */

const ROOT = new URL('../', import.meta.url);
const PATIENCE_MS = 5000;

// Reading a configuration again waits for what it changes.
const LONG_PATIENCE_MS = 30_000;

// Tells a request of this page from one that a foreign page made the browser send.
const OURS = { 'X-Oriel': '1' };

// What a share link brought along; nothing but players takes it.
const TOKEN = new URLSearchParams(globalThis.location?.search).get('token');

const CODES = { 401: 'sign-in', 403: 'no-permission', 429: 'slow-down' };

/** Something could not be had: `code` is one of the page's words for reasons, the message a sentence in English. */
export class Refusal extends Error {
  constructor(code, sentence, answer = {}) {
    super(sentence);
    this.code = code;
    this.answer = answer;
  }
}

/** The absolute address of a door, for people who copy it. */
export function address(path, query = {}) {
  const url = new URL(path, ROOT);
  url.search = new URLSearchParams(query);
  return url.href;
}

/** All streams as `/api/streams` tells them. */
export async function streams() {
  return (await ask('api/streams')).json();
}

let iceKnown = null;

/** Who looks at this page: `name`, `role`, `door`. */
export async function me() {
  const who = await (await ask('api/oriel/me', { query: TOKEN ? { token: TOKEN } : {} })).json();
  iceKnown = who.ice_servers;
  return who;
}

/** The servers by which a browser finds its way through its network, as `RTCPeerConnection` takes them. */
export async function iceServers() {
  try {
    return iceKnown ?? (await me()).ice_servers;
  } catch (error) {
    console.debug('players do without servers', error);
    return [];
  }
}

/** Opens the line over which the gateway tells what becomes of the streams. */
export async function events() {
  const token = authorization() ? await once({}) : null;
  return new WebSocket(address('api/oriel/events', token ? { token } : {}).replace(/^http/, 'ws'));
}

/** The links from a camera's name to its tracks, as the gateway sees them: `step`, `ok`, `text`, `action`. */
export async function explanation(src) {
  return (await ask('api/oriel/explain', { query: { src } })).json();
}

/** Has a waiting camera tried now. */
export async function tryNow(src) {
  await ask('api/oriel/try', { method: 'POST', query: { src } });
}

/** When Home Assistant asked, and how its own integration is. */
export async function home() {
  return (await ask('api/oriel/home')).json();
}

/** Who may come in by the configuration: `name`, `role`, `streams` (null for all), `password`. */
export async function users() {
  return (await ask('api/oriel/users')).json();
}

/** The share links that live: `id`, `stream`, `expires`, `by`. */
export async function links() {
  return (await ask('api/links')).json();
}

/** Makes a share link; its `url` is shown this once. */
export async function share(stream, seconds) {
  return (await ask('api/links', { method: 'POST', json: { stream, seconds } })).json();
}

/** Ends a share link. */
export async function revoke(id) {
  await ask('api/links', { method: 'DELETE', query: { id } });
}

/** The login that Oriel made by itself; null where the configuration names one, or this door does not show it. */
export async function firstPassword() {
  try {
    return await (await ask('api/oriel/password')).json();
  } catch (error) {
    if (error.answer.status === 404 || error.code === 'no-permission') return null;
    throw error;
  }
}

/** Has the configuration read again: `changes`, and what waits for a `restart`. */
export async function reload() {
  return (await ask('api/oriel/reload', { method: 'POST', patience: LONG_PATIENCE_MS })).json();
}

/** What lies in Home Assistant's folder to move in with. */
export async function moving() {
  return (await ask('api/oriel/moving')).json();
}

/** Looks through a pasted configuration (`text`), or takes over the one that lies there (`adopt`). */
export async function move(json) {
  return (await ask('api/oriel/moving', { method: 'POST', json, patience: LONG_PATIENCE_MS })).json();
}

// Home Assistant takes one level of percent signs off the address of a WebSocket (and off no other) on its way to its apps;
// the names under which it adds cameras have some.
const throughHomeAssistant = (src) => (ROOT.pathname.startsWith('/api/hassio_ingress/') ? src.replaceAll('%', '%25') : src);

/** Opens the line over which a player and the gateway agree on how a stream comes. */
export async function socket(name) {
  const token = TOKEN ?? (authorization() ? await once({ stream: name }) : null);
  const src = throughHomeAssistant(name);
  return new WebSocket(address('api/ws', token ? { src, token } : { src }).replace(/^http/, 'ws'));
}

// A login cannot go with a WebSocket, but a token that it is exchanged for.
async function once(what) {
  return (await (await ask('api/links', { method: 'POST', json: { ...what, once: true } })).json()).token;
}

async function ask(path, { method = 'GET', query = {}, json, patience = PATIENCE_MS } = {}) {
  const headers = { ...OURS };
  if (authorization()) headers.Authorization = authorization();
  if (json) headers['Content-Type'] = 'application/json';
  const body = json && JSON.stringify(json);
  const signal = AbortSignal.timeout(patience);
  let answer;
  try {
    answer = await fetch(address(path, query), { method, headers, body, signal, cache: 'no-store' });
  } catch (error) {
    throw new Refusal('gateway', error.message);
  }
  if (!answer.ok) throw await refusal(answer);
  return answer;
}

async function refusal(answer) {
  const text = await answer.text();
  const { status } = answer;
  const retrySeconds = Number(answer.headers.get('Retry-After')) || 0;
  return new Refusal(CODES[status] ?? 'gateway', said(text), { status, retrySeconds });
}

// Ours are `{"error":…}`, those of what stands between us and the browser may be anything.
function said(text) {
  try {
    return JSON.parse(text).error ?? text;
  } catch {
    return text;
  }
}
