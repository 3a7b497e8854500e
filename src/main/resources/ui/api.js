/**
 * The gateway's HTTP doors that the page uses. Addresses are relative to this module, for the page may live under any
 * prefix.
 */

const ROOT = new URL('../', import.meta.url);
const PATIENCE_MS = 5000;

// Tells a request of this page from one that a foreign page made the browser send.
const OURS = { 'X-Oriel': '1' };

/** Something could not be had: `code` is one of the page's words for reasons, the message a sentence in English. */
export class Refusal extends Error {
  constructor(code, sentence) {
    super(sentence);
    this.code = code;
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
  return (await ask(address('api/streams'))).json();
}

/** The line over which the gateway tells what becomes of the streams. */
export function events() {
  return new WebSocket(address('api/oriel/events').replace(/^http/, 'ws'));
}

/** The links from a camera's name to its tracks, as the gateway sees them: `step`, `ok`, `text`, `action`. */
export async function explanation(src) {
  return (await ask(address('api/oriel/explain', { src }))).json();
}

/** Has a waiting camera tried now. */
export async function tryNow(src) {
  await ask(address('api/oriel/try', { src }), { method: 'POST', headers: OURS });
}

// What a share link brought along; nothing but players takes it.
const TOKEN = new URLSearchParams(globalThis.location?.search).get('token');

/** Opens the line over which a player and the gateway agree on how a stream comes. */
export function socket(src) {
  return new WebSocket(address('api/ws', TOKEN ? { src, token: TOKEN } : { src }).replace(/^http/, 'ws'));
}

async function ask(url, request) {
  let answer;
  try {
    answer = await fetch(url, { ...request, cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) });
  } catch (error) {
    throw new Refusal('gateway', error.message);
  }
  if (!answer.ok) throw new Refusal(answer.status === 403 ? 'no-permission' : 'gateway', await answer.text());
  return answer;
}
