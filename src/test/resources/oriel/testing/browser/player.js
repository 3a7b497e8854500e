// A player of our own for tests: one <video id="v"> that plays a stream over one of the doors. Resolves when the answer
// was taken, or with what went wrong. `globalThis.orielPlayer` tells more later.
async ({ src, door, muted, sound, candidates, relay }) => {
  const video = document.createElement('video');
  Object.assign(video, { id: 'v', autoplay: true, playsInline: true, muted });
  document.body.replaceChildren(video);
  const player = {
    firstFrameMillis: -1, firstNumber: -1, lastNumber: -1, backwards: 0, answer: '', errors: [], closed: false,
  };
  globalThis.orielPlayer = player;
  const begin = performance.now();
  const onFrame = () => {
    const number = globalThis.orielFrameNumber('#v');
    if (player.firstFrameMillis < 0) player.firstFrameMillis = performance.now() - begin;
    if (number >= 0) {
      if (player.firstNumber < 0) player.firstNumber = number;
      if (number < player.lastNumber) player.backwards++;
      player.lastNumber = number;
    }
    video.requestVideoFrameCallback(onFrame);
  };
  video.requestVideoFrameCallback(onFrame);

  const peer = new RTCPeerConnection();
  player.peer = peer;
  const media = new MediaStream();
  video.srcObject = media;
  peer.ontrack = (event) => media.addTrack(event.track);
  if (sound) peer.addTransceiver('audio', { direction: 'recvonly' });
  peer.addTransceiver('video', { direction: 'recvonly' });

  const at = (path) => `${path}?src=${encodeURIComponent(src)}`;
  // With a relay, the port of one on this machine, neither side hears of another way.
  const through = (sdp) => {
    if (!relay) return sdp;
    const ways = sdp.match(/^a=candidate:.*\r\n/gm) ?? [];
    ways.forEach((way, place) => {
      const to = place === 0 ? `a=candidate:1 1 udp 2130706431 127.0.0.1 ${relay} typ host\r\n` : '';
      sdp = sdp.replace(way, to);
    });
    return sdp;
  };
  const take = async (sdp) => {
    player.answer = sdp;
    await peer.setRemoteDescription({ type: 'answer', sdp: through(sdp) });
  };
  const post = async (type, body) => {
    const answer = await fetch(at('api/webrtc'), { method: 'POST', headers: { 'Content-Type': type }, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${answer.status} ${text}`);
    return text;
  };

  try {
    if (door === 'ws') {
      await new Promise((resolve, reject) => {
        const socket = new WebSocket(new URL(at('api/ws'), location.href).href.replace(/^http/, 'ws'));
        player.socket = socket;
        const send = (type, value) => socket.send(JSON.stringify({ type, value }));
        const waiting = [];
        socket.onopen = async () => {
          if (candidates) {
            peer.onicecandidate = (event) => {
              if (event.candidate) send('webrtc/candidate', event.candidate.candidate);
            };
          }
          await peer.setLocalDescription();
          send('webrtc', { type: 'offer', sdp: peer.localDescription.sdp });
        };
        socket.onmessage = async (event) => {
          const message = JSON.parse(event.data);
          if (message.type === 'webrtc') {
            await take(message.value.sdp).catch(reject);
            for (const line of waiting) await peer.addIceCandidate({ candidate: line, sdpMLineIndex: 0 });
            resolve();
          } else if (message.type === 'webrtc/candidate') {
            // Home Assistant hands them on like this: with the first m-line's index, and nothing else.
            if (peer.remoteDescription) await peer.addIceCandidate({ candidate: message.value, sdpMLineIndex: 0 });
            else waiting.push(message.value);
          } else if (message.type === 'error') {
            player.errors.push(message.value);
            reject(new Error(message.value));
          }
        };
        socket.onclose = () => {
          player.closed = true;
          reject(new Error('the socket was closed'));
        };
      });
    } else if (door === 'whep') {
      await peer.setLocalDescription();
      await take(await post('application/sdp', peer.localDescription.sdp));
    } else {
      await peer.setLocalDescription();
      const offer = peer.localDescription.sdp;
      const sdp = relay ? offer.replace(/^a=candidate:.*\r\n/gm, '') : offer;
      const body = JSON.stringify({ type: 'offer', sdp });
      await take(JSON.parse(await post('application/json', body)).sdp);
    }
    await video.play();
    return '';
  } catch (error) {
    return String(error.message || error);
  }
}
