/**
 * One WebRTC peer as an engine without sockets and clocks. SDP: {@link oriel.webrtc.Offer} is what a viewer wants,
 * {@link oriel.webrtc.OfferSection#bestFor} what of it fits a camera's track, {@link oriel.webrtc.Answer} what we say
 * to it (RFC 8829, with BUNDLE of RFC 8843 on one transport). Pure values. Imports base, media, sdp and the rooms below
 * it.
 */
@NullMarked
package oriel.webrtc;

import org.jspecify.annotations.NullMarked;
