/**
 * Counting what happens, above all what is thrown away: {@link oriel.metrics.Drops}. Safe on any thread, no locks on the
 * way of a packet. Imports base.
 */
@NullMarked
package oriel.metrics;

import org.jspecify.annotations.NullMarked;
