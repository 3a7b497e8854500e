package oriel.stream;

/**
 * A track with its counters, for the API.
 *
 * @param packets packets received
 * @param bytes payload bytes received
 */
public record TrackStatus(TrackFacts facts, long packets, long bytes) {}
