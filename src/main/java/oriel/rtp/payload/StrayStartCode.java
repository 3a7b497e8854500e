package oriel.rtp.payload;

/**
 * Finds the start codes ({@code 00 00 01}) that some cameras leave inside of packets: they take the encoder's output,
 * SPS, PPS, SEI and IDR in a row, for one unit. Only what begins with a parameter set or a delimiter is looked at, and
 * only codes before something that looks like a unit count, for other cameras forget the emulation prevention.
 */
final class StrayStartCode {
    static final int BYTES = 3;

    private final NalFormat format;

    StrayStartCode(NalFormat format) {
        this.format = format;
    }

    /** Where the first stray code stands behind the unit at {@code from}, whose header is there, or -1. */
    int find(ByteSource source, int from, int end) {
        return find(format.header(source, from), source, from + format.headerBytes(), end);
    }

    /** Likewise for a unit whose header stands elsewhere. */
    int find(int header, ByteSource source, int from, int end) {
        NalKind kind = format.kind(format.type(header));
        return kind == NalKind.PARAMETERS || kind == NalKind.NOISE ? search(source, from, end) : -1;
    }

    /** Where the next one stands behind the unit that a stray code began at {@code from}; -1 if a slice runs on. */
    int findNext(ByteSource source, int from, int end) {
        NalKind kind = format.kind(format.type(format.header(source, from)));
        boolean slice = kind == NalKind.SLICE || kind == NalKind.KEY_SLICE;
        return slice ? -1 : search(source, from + format.headerBytes(), end);
    }

    private int search(ByteSource source, int from, int end) {
        int last = end - BYTES - format.headerBytes() - 1; // a unit needs more than a header
        for (int i = from; i <= last; i++) {
            if (source.at(i) == 0
                    && source.at(i + 1) == 0
                    && source.at(i + 2) == 1
                    && format.isPlausible(format.header(source, i + BYTES))) {
                return i;
            }
        }
        return -1;
    }

    /** Where the unit from {@code start} ends before the code at {@code code}: the zeros between belong to neither. */
    int trim(ByteSource source, int start, int code) {
        int end = code;
        while (end > start && source.at(end - 1) == 0) {
            end--;
        }
        return end;
    }
}
