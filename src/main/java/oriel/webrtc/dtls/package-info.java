/**
 * DTLS 1.2 for one peer (RFC 6347) with keys for SRTP (RFC 5764): {@link oriel.webrtc.dtls.DtlsAcceptor} for viewers
 * that come to us, {@link oriel.webrtc.dtls.DtlsConnector} for the other side, {@link oriel.webrtc.dtls.DtlsEngine} for
 * the conversation. Datagrams go in and out as arrays; there are no sockets here. Bouncy Castle does the protocol on a
 * thread of the executor that is handed in, since it blocks; {@code DtlsGuard} stands in front of it, since it believes
 * what a datagram says of its own length. Imports base, and is the only room that sees Bouncy Castle's TLS.
 */
@NullMarked
package oriel.webrtc.dtls;

import org.jspecify.annotations.NullMarked;
