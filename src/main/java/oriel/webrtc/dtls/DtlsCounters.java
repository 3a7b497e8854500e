package oriel.webrtc.dtls;

/**
 * What one engine threw away.
 *
 * @param overflow datagrams that found the queue full, or were larger than any peer has a reason to send
 * @param refused datagrams that the guard kept from the protocol: no DTLS, or plain text after the handshake
 * @param application messages of the peer over DTLS itself, read and thrown away
 */
public record DtlsCounters(long overflow, long refused, long application) {}
