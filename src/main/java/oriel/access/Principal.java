package oriel.access;

/**
 * Who asks.
 *
 * @param name for the log and for other users' eyes
 * @param role what they may do
 * @param door by which they came
 */
public record Principal(String name, Role role, Door door) {}
