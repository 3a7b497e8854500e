@NullMarked
package oriel.webrtc.ice;

import org.jspecify.annotations.NullMarked;
