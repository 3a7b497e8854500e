package oriel.stream;

/**
 * A track with its counters, for the API.
 *
 * @param packets packets received
 * @param bytes payload bytes received
 * @param frames pictures or sound frames received: what has a time of its own
 */
public record TrackStatus(TrackFacts facts, long packets, long bytes, long frames) {}
