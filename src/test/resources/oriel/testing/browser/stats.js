// What a peer connection of the page reports, as one flat object; null if there is none. Index -1 is the newest.
async (index) => {
  const peers = globalThis.orielPeers || [];
  const peer = peers.at(index);
  if (!peer) return null;
  const report = await peer.getStats();
  const stats = { connectionState: peer.connectionState, video: {}, audio: {}, rttSeconds: null, remote: '' };
  report.forEach((entry) => {
    if (entry.type === 'inbound-rtp') {
      const codec = report.get(entry.codecId);
      stats[entry.kind] = { ...entry, codec: codec ? codec.mimeType : '' };
    }
    if (entry.type === 'candidate-pair' && entry.nominated) {
      stats.rttSeconds = entry.currentRoundTripTime ?? null;
    }
  });
  return stats;
}
