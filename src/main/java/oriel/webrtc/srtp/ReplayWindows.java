package oriel.webrtc.srtp;

import java.util.Arrays;
import oriel.base.MalformedException;

/** One {@link ReplayWindow} for each sender of a peer, at most {@value #MAX_SENDERS}; a new one counts once it is genuine. */
final class ReplayWindows {
    static final int MAX_SENDERS = 16;

    private int[] ssrcs = new int[2];
    private ReplayWindow[] windows = new ReplayWindow[2];
    private int count;

    /** The window of this sender; a fresh one, not kept yet, if it never sent anything genuine. */
    ReplayWindow of(int ssrc) throws MalformedException {
        for (int i = 0; i < count; i++) {
            if (ssrcs[i] == ssrc) {
                return windows[i];
            }
        }
        if (count == MAX_SENDERS) {
            throw new MalformedException("more than " + MAX_SENDERS + " senders");
        }
        return new ReplayWindow();
    }

    /** Notes a genuine packet, and its sender if that is new. */
    void accept(int ssrc, ReplayWindow window, long index) {
        if (window.isEmpty()) {
            add(ssrc, window);
        }
        window.accept(index);
    }

    int count() {
        return count;
    }

    private void add(int ssrc, ReplayWindow window) {
        if (count == ssrcs.length) {
            ssrcs = Arrays.copyOf(ssrcs, Math.min(2 * count, MAX_SENDERS));
            windows = Arrays.copyOf(windows, ssrcs.length);
        }
        ssrcs[count] = ssrc;
        windows[count] = window;
        count++;
    }
}
