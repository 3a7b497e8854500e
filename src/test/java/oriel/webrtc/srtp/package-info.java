@NullMarked
package oriel.webrtc.srtp;

import org.jspecify.annotations.NullMarked;
