package oriel.net;

/** Who a {@link FramedConnection} belongs to; called on the connection's loop. */
public interface FrameReceiver {
    /**
     * A frame came.
     *
     * @param frame holds it in its first {@code length} bytes; valid during the call only
     */
    void frame(FramedConnection connection, byte[] frame, int length);

    /** The connection is closed, by whomever. Once. */
    void closed(FramedConnection connection);
}
