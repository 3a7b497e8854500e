package oriel.rtp.payload;

import oriel.base.MalformedException;

/**
 * The headers in front of AAC frames, mode AAC-hbr (RFC 3640, 3.2.1 and 3.3.6).
 *
 * <pre>
 *  | length of all headers in bits, 16 | size, 13; index, 3 | size, 13; index, 3 | ... | frames |
 * </pre>
 */
final class AacHeaders {
    static final int SIZE_BYTES = 2;
    static final int HEADER_BYTES = 2;

    private static final int INDEX_BITS = 3;
    private static final int HEADER_BITS = 16;

    private final ByteSource source;
    private final int length;
    private final int count;

    private AacHeaders(ByteSource source, int length, int count) {
        this.source = source;
        this.length = length;
        this.count = count;
    }

    /**
     * Reads the front of a payload of {@code length} bytes.
     *
     * @throws MalformedException if the headers are not whole, there are none, or the frames do not fit; one frame alone
     *     may, being a part
     */
    static AacHeaders parse(ByteSource source, int length) throws MalformedException {
        if (length < SIZE_BYTES + HEADER_BYTES) {
            throw new MalformedException("AAC payload without header");
        }
        int bits = source.at(0) << 8 | source.at(1);
        int count = bits / HEADER_BITS;
        if (count == 0 || bits % HEADER_BITS != 0 || SIZE_BYTES + count * HEADER_BYTES > length) {
            throw new MalformedException("AAC headers cut off");
        }
        var headers = new AacHeaders(source, length, count);
        int total = 0;
        for (int i = 0; i < count; i++) {
            total += headers.size(i);
        }
        if (count > 1 && total > length - headers.dataOffset()) {
            throw new MalformedException("AAC frames cut off");
        }
        return headers;
    }

    /** How many frames there are, or one part of one. */
    int count() {
        return count;
    }

    /** Bytes of frame {@code index}, the whole of it where only a part is here. */
    int size(int index) {
        int at = SIZE_BYTES + index * HEADER_BYTES;
        return (source.at(at) << 8 | source.at(at + 1)) >> INDEX_BITS;
    }

    /** Where the first frame begins. */
    int dataOffset() {
        return SIZE_BYTES + count * HEADER_BYTES;
    }

    /** Whether this is a part of a frame that comes in several packets. */
    boolean isPart() {
        return count == 1 && size(0) > length - dataOffset();
    }

    /** Writes the front of a payload with one frame, or a part of one, of {@code size} bytes in all. */
    static void write(byte[] target, int at, int size) {
        int header = size << INDEX_BITS;
        target[at] = 0;
        target[at + 1] = HEADER_BITS;
        target[at + 2] = (byte) (header >> 8);
        target[at + 3] = (byte) header;
    }
}
