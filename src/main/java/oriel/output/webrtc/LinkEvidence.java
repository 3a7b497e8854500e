package oriel.output.webrtc;

/**
 * What one second of reports says of the way to a viewer.
 *
 * @param packets how many they speak of; 0 if there were none, and the rest means nothing
 * @param loss fraction of them that did not come, 0 to 1
 * @param standingMillis the least that a packet waited on the way, above the shortest time known: a queue that never empties
 * @param meanMillis what they waited on average
 */
record LinkEvidence(long packets, double loss, double standingMillis, double meanMillis) {
    static final LinkEvidence NONE = new LinkEvidence(0, 0, 0, 0);
}
