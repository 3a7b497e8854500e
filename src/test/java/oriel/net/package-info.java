/** Tests of loops and connections. */
@NullMarked
package oriel.net;

import org.jspecify.annotations.NullMarked;
