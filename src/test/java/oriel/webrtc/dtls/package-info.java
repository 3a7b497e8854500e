/** Handshakes between our engine and Bouncy Castle's client, honest ones and others. */
@NullMarked
package oriel.webrtc.dtls;

import org.jspecify.annotations.NullMarked;
