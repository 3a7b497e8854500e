/**
 * Counting what happens, above all what is thrown away: {@link oriel.metrics.Drops}, told by {@link oriel.metrics.DropLog}
 * and shown beside each bound, {@link oriel.metrics.Limit}. Safe on any thread, no locks on the way of a packet. Imports
 * base.
 */
@NullMarked
package oriel.metrics;

import org.jspecify.annotations.NullMarked;
