package oriel.webrtc.dtls;

/**
 * What a {@link DtlsEngine} tells its owner, always on the engine's own thread, one call at a time; the owner hands it
 * to its loop. After {@link #failed} or {@link #closed} nothing more comes.
 */
public interface DtlsListener {
    /**
     * A datagram for the other side, at most 1200 bytes; the array belongs to the listener now. Comes before and after
     * {@link #connected}.
     */
    void send(byte[] datagram);

    /** The handshake is done and the other side is who its SDP said; once at most. */
    void connected(DtlsResult result);

    /**
     * There was no handshake, and no key has left the engine.
     *
     * @param reason a phrase to count and log by, without secrets: {@code the viewer's certificate is not the offer's}
     */
    void failed(String reason);

    /**
     * Something that came was not used. On any thread.
     *
     * @param reason a word to count by
     */
    default void dropped(String reason) {}

    /** The conversation has ended: by {@link DtlsEngine#close()}, by the other side's close_notify or by its alert. */
    void closed();
}
