package oriel.webrtc.ice;

import java.util.concurrent.atomic.AtomicLongArray;

/** Counts what was dropped, by reason, without allocating. One thread counts, any may read. */
final class DropCounters {
    private final AtomicLongArray counts = new AtomicLongArray(IceDrop.values().length);

    @SuppressWarnings("EnumOrdinal") // An EnumMap would box each count anew.
    void count(IceDrop reason) {
        int at = reason.ordinal();
        counts.lazySet(at, counts.getPlain(at) + 1);
    }

    @SuppressWarnings("EnumOrdinal")
    long of(IceDrop reason) {
        return counts.get(reason.ordinal());
    }
}
