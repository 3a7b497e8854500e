package oriel.rtp.payload;

/**
 * One of the parts, as equal as can be, that a run of bytes is cut into.
 *
 * @param at where it begins
 * @param length its bytes, at least one
 * @param end where the run ends
 * @param size of all parts but the last
 * @param isFirst whether the run begins with it
 */
record EqualParts(int at, int length, int end, int size, boolean isFirst) {
    /**
     * The first part.
     *
     * @param head bytes of each packet that stand before its part
     */
    static EqualParts of(int from, int end, int head) {
        int most = PacketLine.MAX_PAYLOAD - head;
        int count = Math.max(1, (end - from + most - 1) / most);
        int size = (end - from + count - 1) / count;
        return new EqualParts(from, Math.min(size, end - from), end, size, true);
    }

    /** Whether there is such a part, and not only the end behind the last. */
    boolean isThere() {
        return length > 0;
    }

    boolean isLast() {
        return at + length == end;
    }

    EqualParts next() {
        int begin = at + length;
        return new EqualParts(begin, Math.min(size, end - begin), end, size, false);
    }
}
