package oriel.net;

import oriel.base.MalformedException;

/**
 * Finds the frames in the bytes of a connection (RFC 4571): each is a datagram with its length before it. Keeps one frame at
 * most, and its memory only from the first byte on. Belongs to the connection's loop.
 *
 * <pre>| length 2 | length bytes |</pre>
 */
final class FrameSplitter {
    static final int HEADER_BYTES = 2;
    static final int MAX_FRAME = 0xFFFF;

    private static final byte[] NOTHING = new byte[0];

    private final int maxFrame;
    private byte[] frame = NOTHING;
    private int length;
    private int headerRead;
    private int read;

    /** Gets frames. */
    @FunctionalInterface
    interface Taker {
        /**
         * A frame.
         *
         * @param frame holds it in its first {@code length} bytes; valid during the call only
         * @return whether it wants the next one; else the rest of what was fed is dropped
         */
        boolean frame(byte[] frame, int length);
    }

    /** @param maxFrame bytes, 1 to 65535; a longer one is malformed */
    FrameSplitter(int maxFrame) {
        if (maxFrame < 1 || maxFrame > MAX_FRAME) {
            throw new IllegalArgumentException("frames of at most " + maxFrame + " bytes");
        }
        this.maxFrame = maxFrame;
    }

    /**
     * Takes what was read.
     *
     * @throws MalformedException if a frame is announced that is empty or too long; nothing may be fed afterwards
     */
    void feed(byte[] data, int offset, int count, Taker taker) throws MalformedException {
        int at = offset;
        int end = offset + count;
        while (at < end) {
            if (headerRead < HEADER_BYTES) {
                header(data[at++] & 0xFF);
                continue;
            }
            int part = Math.min(end - at, length - read);
            System.arraycopy(data, at, frame, read, part);
            at += part;
            read += part;
            if (read == length) {
                headerRead = 0;
                read = 0;
                if (!taker.frame(frame, length)) {
                    return;
                }
            }
        }
    }

    private void header(int next) throws MalformedException {
        length = headerRead == 0 ? next << 8 : length | next;
        headerRead++;
        if (headerRead == HEADER_BYTES && length == 0) {
            throw new MalformedException("empty frame");
        }
        // The first byte tells already when the second cannot make it better.
        if (length > maxFrame) {
            throw new MalformedException("frame longer than " + maxFrame + " bytes");
        }
        if (headerRead == HEADER_BYTES && frame.length == 0) {
            frame = new byte[maxFrame];
        }
    }
}
