package oriel.stream;

import oriel.net.MediaLoop;

/** What a {@link Source} gets for one try. */
public interface SourceSession {
    /** The loop that alone may touch the connection's bytes and the writer. */
    MediaLoop home();

    /** Takes what the camera sends; on the home loop only. */
    StreamWriter writer();

    /** Tells the API about the connection; any thread. */
    void info(SourceInfo info);

    /**
     * Says that the camera can be asked for a key frame, by running {@code request} on the home loop; at most once a
     * second. Any thread.
     */
    void onKeyFrameRequest(Runnable request);
}
