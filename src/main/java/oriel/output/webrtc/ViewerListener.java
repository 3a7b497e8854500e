package oriel.output.webrtc;

/** What the one who brought an offer wants to hear of the viewer; on any thread, must not block. */
public interface ViewerListener {
    /** A further way to reach us, as {@code candidate:...}. */
    void candidate(String line);

    /** It cannot go on; the sentence is for the person who watches. */
    void failed(String sentence);

    /** The viewer is gone, whatever the reason; the last call. */
    void ended();
}
