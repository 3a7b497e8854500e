/** Tests of what a WebRTC viewer is sent. */
@org.jspecify.annotations.NullMarked
package oriel.output.webrtc;
