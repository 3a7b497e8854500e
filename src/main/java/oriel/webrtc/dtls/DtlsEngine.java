package oriel.webrtc.dtls;

/**
 * One DTLS conversation with one peer. It is born with its handshake under way; what becomes of it the {@link
 * DtlsListener} hears. Afterwards it stays to answer when the peer repeats its last flight, to read and throw away what
 * the peer sends over DTLS itself (SCTP), and to hear the peer's goodbye. Calls return at once and may come from any
 * thread. Whoever opened it closes it.
 */
public interface DtlsEngine extends AutoCloseable {
    /**
     * Hands in a datagram of the peer; the array belongs to the engine now. Too many at once are dropped, which the listener hears.
     */
    void receive(byte[] datagram);

    /** Ends the conversation, with a close_notify if it was connected; harmless when it has ended. */
    @Override
    void close();
}
