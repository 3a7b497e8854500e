/** What `/api/streams` says of each camera, in the shape that pages show. */

/** The cameras of a list of names and streams, in its order. */
export function cameras(list) {
  return [...list].map(([name, stream]) => {
    const sources = stream.producers.map(source);
    // Each viewer gets the first source that fits, so the first one that fails is what to look after.
    const failed = stream.state === 'live' ? undefined : sources.find((each) => each.reason);
    return {
      name,
      aliasOf: stream.alias_of ?? null,
      state: stream.state,
      reason: failed?.reason ?? null,
      nextTry: sources.map((each) => each.nextTry).filter(Boolean).sort((a, b) => a - b)[0] ?? null,
      sources,
      viewers: stream.consumers,
    };
  });
}

/** Whether the gateway itself has lost the camera, and tries to get it back. */
export function isLost(camera) {
  return camera?.state === 'retrying' || (camera?.state === 'connecting' && camera.reason !== null);
}

/** Whether the viewer of this id gets single pictures, because its connection is too slow for all. */
export function isSlow(camera, viewer) {
  // Of an id by which viewers are ended the list tells no more than the beginning.
  return camera?.viewers.some(({ id, state }) => viewer.startsWith(id) && state === 'key-frames') ?? false;
}

/** The codecs of the sound that a camera sends, each once. */
export function soundCodecs(camera) {
  const tracks = camera.sources.flatMap((each) => each.tracks).filter((track) => track.kind === 'audio');
  return [...new Set(tracks.map((track) => track.codec))];
}

function source(producer) {
  return {
    kind: producer.url.split(':', 1)[0],
    remote: producer.remote_addr ?? '',
    state: producer.state,
    reason: producer.failure
      ? { code: producer.failure, sentence: producer.reason, details: producer.details ?? {} }
      : null,
    nextTry: producer.next_try ? Date.parse(producer.next_try) : null,
    tracks: (producer.receivers ?? []).map(track),
  };
}

function track({ codec }) {
  return {
    kind: codec.codec_type,
    codec: codec.codec_name.toUpperCase(),
    width: codec.width ?? 0,
    height: codec.height ?? 0,
    rate: codec.sample_rate ?? 0,
    channels: codec.channels ?? 0,
    bFrames: codec.b_frames ?? false,
  };
}
