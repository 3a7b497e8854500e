package oriel.worker;

/**
 * What a job has sent so far.
 *
 * @param units access units
 * @param dropped access units left out because the line was full, until a key frame
 */
public record JobStats(long units, long dropped) {}
