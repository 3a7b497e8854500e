/** A whole Oriel, simulated cameras and viewers, over real sockets on loopback. */
@NullMarked
package oriel.e2e;

import org.jspecify.annotations.NullMarked;
