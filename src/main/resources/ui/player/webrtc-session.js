import { Refusal, iceServers, socket } from '../api.js';

// The gateway waits up to 8 s for a camera, and then says what is wrong with it.
const ANSWER_PATIENCE_MS = 12000;
const CONNECT_PATIENCE_MS = 10000;

/** Lets a few in at a time; the others wait in the order they came. */
class Turns {
  #free;
  #waiting = [];

  constructor(count) {
    this.#free = count;
  }

  async take(signal) {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    await new Promise((resolve, reject) => {
      this.#waiting.push(resolve);
      signal.addEventListener('abort', () => {
        const place = this.#waiting.indexOf(resolve);
        if (place >= 0) this.#waiting.splice(place, 1);
        reject(signal.reason);
      });
    });
  }

  give() {
    const next = this.#waiting.shift();
    if (next) next();
    else this.#free++;
  }
}

// A wall that opens does not start all its decoders in the same instant. An offer to a camera in trouble takes up to 8 s,
// so that those have two of the four turns and the others never wait behind them alone.
const handshakes = new Turns(4);
const troubledHandshakes = new Turns(2);

/**
 * One peer connection that brings one stream in, signalled by `/api/ws`: a refusal there is a message, which browsers do
 * not write on the console as they do with a failed request. Opened once, closed once.
 */
export class WebRtcSession {
  #abort = new AbortController();
  #peer = new RTCPeerConnection();
  #socket = null;
  #lost;

  /** By which the gateway's list of viewers names this one; empty before the answer. */
  id = '';

  /** @param lost called with a {@link Refusal} when a connection that was there is not any more */
  constructor(lost) {
    this.#lost = lost;
  }

  /**
   * @param kinds `video`, `audio`
   * @param troubled whether the camera did not play the last time
   * @returns the media, once the way is open; throws a {@link Refusal}, or an `AbortError` after `close`
   */
  async open(src, kinds, troubled) {
    const signal = this.#abort.signal;
    const turns = troubled ? [troubledHandshakes, handshakes] : [handshakes];
    const taken = [];
    try {
      for (const turn of turns) {
        await turn.take(signal);
        taken.push(turn);
      }
      return await this.#handshake(src, kinds, signal);
    } finally {
      taken.forEach((turn) => turn.give());
    }
  }

  close() {
    this.#abort.abort();
    this.#peer.onconnectionstatechange = null;
    this.#peer.close();
    this.#socket?.close();
  }

  /** What the browser says of the connection. */
  stats() {
    return this.#peer.getStats();
  }

  async #handshake(src, kinds, signal) {
    const peer = this.#peer;
    const media = new MediaStream();
    peer.ontrack = (event) => media.addTrack(event.track);
    for (const kind of kinds) peer.addTransceiver(kind, { direction: 'recvonly' });
    peer.setConfiguration({ iceServers: await iceServers() });
    signal.throwIfAborted();
    // The gateway finds us by our checks, so the offer need not wait for our candidates.
    await peer.setLocalDescription();
    signal.throwIfAborted();
    const answer = await this.#answer(src, signal);
    this.id = /cname:(\S+)/.exec(answer.sdp)?.[1] ?? '';
    await peer.setRemoteDescription(answer);
    await this.#way(signal);
    return media;
  }

  async #answer(src, signal) {
    const line = await socket(src);
    if (signal.aborted) line.close();
    signal.throwIfAborted();
    this.#socket = line;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Refusal('gateway', 'no answer in time')), ANSWER_PATIENCE_MS);
      signal.addEventListener('abort', () => reject(signal.reason));
      line.onopen = () => line.send(JSON.stringify({ type: 'webrtc', value: this.#peer.localDescription }));
      line.onclose = () => reject(new Refusal('gateway', 'no connection'));
      line.onmessage = ({ data }) => {
        const { type, value } = JSON.parse(data);
        if (type === 'webrtc') {
          clearTimeout(timer);
          resolve(value);
        } else if (type === 'webrtc/candidate') {
          this.#candidate(value);
        } else if (type === 'error') {
          clearTimeout(timer);
          const refusal = new Refusal('other', value.replace(/^webrtc: /, ''));
          reject(refusal);
          this.#lost(refusal);
        }
      };
    });
  }

  // Those of the answer come again as messages; what is new are addresses that a STUN server told the gateway.
  #candidate(line) {
    if (!this.#peer.remoteDescription) return;
    this.#peer
      .addIceCandidate({ candidate: line, sdpMLineIndex: 0 })
      .catch((error) => console.debug('a candidate cannot be used', line, error));
  }

  #way(signal) {
    const peer = this.#peer;
    return new Promise((resolve, reject) => {
      const fail = () => reject(new Refusal('path', 'no way'));
      const timer = setTimeout(fail, CONNECT_PATIENCE_MS);
      signal.addEventListener('abort', () => reject(signal.reason));
      peer.onconnectionstatechange = () => {
        const state = peer.connectionState;
        if (state === 'connected') {
          clearTimeout(timer);
          resolve();
        } else if (state === 'failed' || state === 'closed') {
          clearTimeout(timer);
          fail();
          this.#lost(new Refusal('path', 'the way was lost'));
        }
      };
    });
  }
}
