package oriel.webrtc.ice;

/** Counts what was dropped, by reason, without allocating. */
final class DropCounters {
    private final long[] counts = new long[IceDrop.values().length];

    @SuppressWarnings("EnumOrdinal") // An EnumMap would box each count anew.
    void count(IceDrop reason) {
        counts[reason.ordinal()]++;
    }

    @SuppressWarnings("EnumOrdinal")
    long of(IceDrop reason) {
        return counts[reason.ordinal()];
    }
}
