/**
 * Viewers for tests, written without the product's engine: {@link oriel.testing.viewer.RtpViewer} reads packets, {@link
 * oriel.testing.viewer.LibwebrtcViewer} decodes pictures with libwebrtc. Only the wire format of STUN is the product's.
 */
@NullMarked
package oriel.testing.viewer;

import org.jspecify.annotations.NullMarked;
