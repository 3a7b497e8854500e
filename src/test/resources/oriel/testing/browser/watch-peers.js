// Runs before every page: keeps each peer connection, so that tests can ask it.
(() => {
  const Native = globalThis.RTCPeerConnection;
  if (!Native) return;
  globalThis.orielPeers = [];
  globalThis.RTCPeerConnection = class extends Native {
    constructor(...args) {
      super(...args);
      globalThis.orielPeers.push(this);
    }
  };
})();
