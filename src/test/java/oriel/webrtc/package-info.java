/** Offers as viewers send them, and what we say to them. */
@NullMarked
package oriel.webrtc;

import org.jspecify.annotations.NullMarked;
