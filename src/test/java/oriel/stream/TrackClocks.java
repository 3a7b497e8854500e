package oriel.stream;

/** Makes track clocks for tests of other rooms. */
public final class TrackClocks {
    private TrackClocks() {}

    /** One whose time 0 was the beginning of 1970. */
    public static TrackClock of(int clockRate) {
        return new TrackClock(clockRate, 0);
    }
}
