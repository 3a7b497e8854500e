/**
 * Carries streams to WebRTC viewers: {@link oriel.output.webrtc.WebRtcOutput} answers an offer, a {@link
 * oriel.output.webrtc.WebRtcViewer} sends what it gets from the hub, each packet with the viewer's own header and key.
 * Pictures and sound pass untouched. Imports stream, peer, webrtc, rtp, media, net, metrics and base.
 */
@NullMarked
package oriel.output.webrtc;

import org.jspecify.annotations.NullMarked;
