package oriel.net;

import java.net.InetSocketAddress;
import java.util.Optional;

/** The port through which framed connections leave this package; called on the connection's loop. */
public interface ConnectionRouter {
    /** Whether a connection to this address of ours, from there, is listened to at all. */
    boolean admits(InetSocketAddress local, InetSocketAddress remote);

    /**
     * Whose connection it is, as its first frame shows; that frame is then given to the receiver like all later ones.
     *
     * @param frame holds it in its first {@code length} bytes; valid during the call only
     * @return nobody if it proves nothing, which closes the connection and is counted by who says so
     */
    Optional<FrameReceiver> claim(FramedConnection connection, byte[] frame, int length);
}
