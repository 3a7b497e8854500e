package oriel.testing.camera;

import java.util.List;
import java.util.Optional;

/** What one track sends to one connection, from its PLAY on. Asked by one thread; told of wishes by another. */
public interface CameraFeed {
    /** The next frame, of growing time; empty at the end, after which nothing more comes. */
    Optional<CameraFrame> next();

    /** A viewer has asked for a key frame. */
    default void onKeyFrameRequest() {}

    /** Sends nothing of itself: for a test that calls {@link SimulatedCamera#emit}. */
    static CameraFeed byHand() {
        return Optional::empty;
    }

    /** Sends {@code frames} once. */
    static CameraFeed once(List<CameraFrame> frames) {
        var iterator = List.copyOf(frames).iterator();
        return () -> iterator.hasNext() ? Optional.of(iterator.next()) : Optional.empty();
    }

    /**
     * Sends {@code frames} again and again; begins anew at once when a key frame is wished for, so the first had better be
     * one.
     *
     * @param frames their times are taken over in the first round
     * @param frameTicks from one frame to the next
     */
    static CameraFeed looping(List<CameraFrame> frames, long frameTicks) {
        List<CameraFrame> copy = List.copyOf(frames);
        return new CameraFeed() {
            private int index;
            private long ticks;
            private volatile boolean again;

            @Override
            public Optional<CameraFrame> next() {
                if (again || index == copy.size()) {
                    again = false;
                    index = 0;
                }
                CameraFrame frame = copy.get(index++).at(ticks);
                ticks += frameTicks;
                return Optional.of(frame);
            }

            @Override
            public void onKeyFrameRequest() {
                again = true;
            }
        };
    }
}
