/**
 * Secure RTP and RTCP as a browser speaks them: keys from the DTLS exporter (RFC 5764, 4.2), their derivation (RFC 3711,
 * 4.3), AES-GCM (RFC 7714) and AES counter mode with HMAC-SHA1 (RFC 3711) on OpenSSL or the JDK's ciphers. Enter by {@link
 * oriel.webrtc.srtp.SrtpKeying}, then {@link oriel.webrtc.srtp.PacketProtector} for what goes out and {@link
 * oriel.webrtc.srtp.PacketUnprotector} for what comes in, and their two siblings for RTCP. No sockets, clocks or threads;
 * each object belongs to one loop. Not here: key derivation rates, MKI, header encryption (RFC 6904). Imports base.
 */
@NullMarked
package oriel.webrtc.srtp;

import org.jspecify.annotations.NullMarked;
