/** What a viewer wants to know of a connection, from two reports of `getStats` (W3C webrtc-stats). */
export class Statistics {
  #before = null;

  /** Figures since the last report; empty for the first. Rates are by second, times in milliseconds, loss 0 to 1. */
  take(report) {
    const now = flat(report);
    const before = this.#before;
    this.#before = now;
    if (!before?.video || !now.video) return {};
    const grown = (read) => Math.max(0, (read(now) ?? 0) - (read(before) ?? 0));
    const seconds = grown((all) => all.video.timestamp) / 1000 || 1;
    const frames = grown((all) => all.video.framesDecoded);
    const lost = grown((all) => all.video.packetsLost) + grown((all) => all.audio?.packetsLost);
    const received = grown((all) => all.video.packetsReceived) + grown((all) => all.audio?.packetsReceived);
    const bytes = grown((all) => all.video.bytesReceived) + grown((all) => all.audio?.bytesReceived);
    const buffered = grown((all) => all.video.jitterBufferEmittedCount);
    return {
      width: now.video.frameWidth,
      height: now.video.frameHeight,
      videoCodec: now.videoCodec,
      audioCodec: now.audioCodec,
      audioPackets: now.audio?.packetsReceived ?? 0,
      fps: frames / seconds,
      kbitPerSecond: (8 * bytes) / 1000 / seconds,
      loss: received + lost > 0 ? lost / (received + lost) : 0,
      dropped: now.video.framesDropped ?? 0,
      way: now.way,
      roundTripMs: now.roundTrip === undefined ? null : 1000 * now.roundTrip,
      latencyMs: latency(now, grown, frames, buffered),
    };
  }
}

// What can be measured from here: half the round trip, the jitter buffer and the decoder. Not the camera's own delay.
function latency(now, grown, frames, buffered) {
  if (now.roundTrip === undefined || frames === 0 || buffered === 0) return null;
  const waiting = grown((all) => all.video.jitterBufferDelay) / buffered;
  const decoding = grown((all) => all.video.totalDecodeTime) / frames;
  return 1000 * (now.roundTrip / 2 + waiting + decoding);
}

function flat(report) {
  const all = {};
  for (const entry of report.values()) {
    if (entry.type === 'inbound-rtp') all[entry.kind] = entry;
    if (entry.type === 'transport') all.pair = report.get(entry.selectedCandidatePairId);
  }
  const name = (entry) => report.get(entry?.codecId)?.mimeType.split('/')[1].toUpperCase() ?? '';
  const near = report.get(all.pair?.localCandidateId);
  return {
    ...all,
    videoCodec: name(all.video),
    audioCodec: name(all.audio),
    roundTrip: all.pair?.currentRoundTripTime,
    way: near ? near.protocol.toUpperCase() : '',
  };
}
