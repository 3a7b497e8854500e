/**
 * Runs WebRTC peers over sockets: {@link oriel.peer.PeerHost} gives each {@link oriel.webrtc.PeerSession} a loop, the
 * port's datagrams, its timers and our candidates. Knows nothing of streams. Everything about one {@link
 * oriel.peer.Peer} happens on the loop that owns it. Imports webrtc, rtp, net, metrics and base.
 */
@NullMarked
package oriel.peer;

import org.jspecify.annotations.NullMarked;
