/**
 * Interactive connectivity establishment for one peer over one transport (RFC 8445, 8838, 8489, 7675): STUN messages,
 * candidates, and the agent that finds a path to a browser and keeps its consent. Enter by {@link
 * oriel.webrtc.ice.IceAgent}; the multiplexer that serves all peers on one port asks {@link
 * oriel.webrtc.ice.StunMessage#localUfragOf}. No sockets, clocks or threads: datagrams, time and randomness come as arguments,
 * what is to be sent goes to an {@link oriel.webrtc.ice.IceListener}. One component, for BUNDLE and rtcp-mux always hold. Not
 * here: TURN, restarts (a new agent), freezing by foundation. Imports base.
 */
@NullMarked
package oriel.webrtc.ice;

import org.jspecify.annotations.NullMarked;
