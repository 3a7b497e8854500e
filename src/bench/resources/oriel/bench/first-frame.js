// Milliseconds from createOffer to the first decoded picture, over /api/ws, and to the steps before it. The socket is open
// before the clock starts.
async (src) => {
  const url = new URL(`/api/ws?src=${encodeURIComponent(src)}`, location.href).href.replace(/^http/, 'ws');
  const socket = new WebSocket(url);
  await new Promise((resolve, reject) => {
    socket.onopen = resolve;
    socket.onerror = () => reject(new Error('no WebSocket'));
  });
  const peer = new RTCPeerConnection();
  const steps = {};
  let begin = 0;
  const step = (name) => { steps[name] ??= performance.now() - begin; };
  const send = (type, value) => socket.send(JSON.stringify({ type, value }));
  const first = new Promise((resolve, reject) => {
    setTimeout(() => reject(new Error('no picture within 15 s')), 15000);
    peer.ontrack = async (event) => {
      // Hands over pictures as the decoder gives them, without waiting for the screen.
      const reader = new MediaStreamTrackProcessor({ track: event.track }).readable.getReader();
      const { value } = await reader.read();
      step('decoded');
      resolve();
      value?.close();
      await reader.cancel();
    };
    const waiting = [];
    socket.onmessage = async (event) => {
      const message = JSON.parse(event.data);
      if (message.type === 'webrtc') {
        step('answered');
        await peer.setRemoteDescription({ type: 'answer', sdp: message.value.sdp });
        for (const candidate of waiting) await peer.addIceCandidate({ candidate, sdpMLineIndex: 0 });
      } else if (message.type === 'webrtc/candidate') {
        if (peer.remoteDescription) await peer.addIceCandidate({ candidate: message.value, sdpMLineIndex: 0 });
        else waiting.push(message.value);
      } else if (message.type === 'error') {
        reject(new Error(message.value));
      }
    };
  });
  peer.onicecandidate = (event) => {
    if (event.candidate) send('webrtc/candidate', event.candidate.candidate);
  };
  peer.addTransceiver('video', { direction: 'recvonly' });
  peer.onconnectionstatechange = () => step(peer.connectionState);
  begin = performance.now();
  const offer = await peer.createOffer();
  await peer.setLocalDescription(offer);
  step('offered');
  send('webrtc', { type: 'offer', sdp: offer.sdp });
  try {
    await first;
    return steps;
  } finally {
    peer.close();
    socket.close();
  }
};
