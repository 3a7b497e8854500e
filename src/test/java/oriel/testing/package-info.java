/**
 * What tests stand on: virtual time, a loop that runs by hand, simulated cameras and viewers, real browsers. Never in the
 * product.
 */
@NullMarked
package oriel.testing;

import org.jspecify.annotations.NullMarked;
