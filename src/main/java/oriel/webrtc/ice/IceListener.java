package oriel.webrtc.ice;

/**
 * What an {@link IceAgent} tells its owner, on the owner's thread and from within the call that caused it. A listener does not
 * call the agent back.
 */
public interface IceListener {
    /** Send this; the array is the listener's. */
    void send(IcePath path, byte[] packet);

    /**
     * The first check with our password came on this path: DTLS may be answered there. Comes again for a path that was
     * {@link #forgotten}.
     */
    void authenticated(IcePath path);

    /** Media goes here from now on: the first path that works, then the one that is nominated. */
    void selected(IcePath path);

    /** A path that was authenticated and gave its place to a newer one; never the selected one. */
    void forgotten(IcePath path);

    /** A datagram or a candidate was not used. */
    default void dropped(IceDrop reason) {}

    /** It is over; the agent says nothing further. */
    void lost(IceLoss reason);
}
