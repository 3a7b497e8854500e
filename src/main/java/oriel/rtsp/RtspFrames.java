package oriel.rtsp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;
import oriel.base.Bytes;
import oriel.base.MalformedException;

/**
 * Cuts what comes from a camera into text messages and interleaved packets (RFC 2326, 10.12). A packet that lies whole in
 * the bytes just read is handed on where it lies; only one that a read cut in two is put together in a buffer of this
 * class. Stray bytes between packets are passed over until the next packet on a known channel or the next response:
 * cameras send such, and forgetting a few of them is better than a new connection. A description whose
 * {@code Content-Length} is wrong is taken as far as it goes. Not thread-safe.
 *
 * <pre>
 *  | '$' 0x24 | channel | length, 16 bits | packet ...
 * </pre>
 */
final class RtspFrames {
    /** Most bytes of a message before its body. */
    static final int MAX_HEAD_BYTES = 64 * 1024;

    /** Most bytes of a body. */
    static final int MAX_BODY_BYTES = 128 * 1024;

    /** Bytes passed over in a row before the stream is given up. */
    static final int MAX_STRAY_BYTES = 1024 * 1024;

    private static final int DOLLAR = '$';
    private static final int FRAME_HEADER_BYTES = 4;
    // Enough to see the version of what is inside.
    private static final int PROBE_BYTES = FRAME_HEADER_BYTES + 1;
    private static final int RTP_VERSION_MASK = 0xC0;
    private static final int RTP_VERSION_2 = 0x80;
    // In step, a packet on a channel that nobody asked for is believed up to here: some cameras send such.
    private static final int MAX_UNASKED_CHANNEL = 31;
    // While no channel is known, packets out of step are believed on the first two pairs.
    private static final int MAX_FIRST_CHANNEL = 3;
    private static final byte[] RESPONSE = ascii("RTSP/1.");
    // HTTP is here for the sake of its error text.
    private static final byte[][] STARTS = {
        ascii("RTSP/"), ascii("HTTP/"), ascii("OPTIONS "), ascii("ANNOUNCE "), ascii("SET_PARAMETER "),
        ascii("GET_PARAMETER "), ascii("REDIRECT "), ascii("TEARDOWN "), ascii("DESCRIBE "), ascii("SETUP "),
        ascii("PLAY "), ascii("PAUSE "), ascii("RECORD "), ascii("PLAY_NOTIFY ")
    };
    private static final int MORE = 0;

    /** Where it all goes; called during {@link RtspFrames#read}. */
    interface Output {
        /** A packet; {@code buffer} is good until this returns, offsets are absolute. */
        void interleaved(int channel, ByteBuffer buffer, int offset, int length);

        void message(RtspMessage message);

        /** So many bytes made no sense and were passed over. */
        void stray(int bytes);
    }

    private final Output output;
    private final BitSet channels = new BitSet(256);
    private boolean outOfStep;
    private int strayInARow;

    // What a read cut off; begins with the message or packet that is not whole.
    private byte[] carry = {};
    private ByteBuffer carryView = ByteBuffer.wrap(carry);
    private int carried;

    // Of the message or packet that is not whole, wherever it lies:
    private int wanted; // its bytes in all, as far as known
    private int scanned; // bytes in which the end of its head is not
    private Optional<RtspHead> head = Optional.empty();
    private int headBytes;
    private int settled;

    RtspFrames(Output output) {
        this.output = output;
    }

    /** From now on packets on {@code channel}, 0 to 255, are expected. */
    void expect(int channel) {
        channels.set(channel);
    }

    /**
     * Takes the next bytes, from position to limit; the position is left alone.
     *
     * @throws MalformedException if the stream cannot go on
     */
    void read(ByteBuffer bytes) throws MalformedException {
        int at = bytes.position();
        int end = bytes.limit();
        while (carried > 0 && at < end) {
            at += append(bytes, at, end);
            if (carried >= wanted) {
                dropCarried(cut(carryView, 0, carried));
            }
        }
        if (at < end) {
            int rest = cut(bytes, at, end);
            while (rest < end) {
                rest += append(bytes, rest, end);
            }
        }
    }

    /**
     * Says that the other side has paused. A description that has not grown since the last pause, although its
     * {@code Content-Length} promises more, is taken as it is.
     */
    void pause() {
        boolean paused = carried > 0 && carried == settled;
        settled = carried;
        Optional<RtspHead> waiting = head.filter(h -> paused && h.describes() && carried > headBytes);
        waiting.ifPresent(h -> {
            Bytes body = Bytes.of(Arrays.copyOfRange(carry, headBytes, carried));
            carried = 0;
            startItem();
            output.message(h.with(body));
        });
    }

    /** Copies what the carried item still wants, or all if that is unknown; never nothing. */
    private int append(ByteBuffer bytes, int at, int end) {
        // Of a description everything is looked at, for what follows it may belong to it.
        boolean known = wanted > carried && !head.filter(RtspHead::describes).isPresent();
        int count = Math.min(end - at, known ? wanted - carried : MAX_HEAD_BYTES);
        if (carried + count > carry.length) {
            carry = Arrays.copyOf(carry, Math.max(carried + count, Math.min(2 * carry.length, MAX_HEAD_BYTES)));
            carryView = ByteBuffer.wrap(carry);
        }
        bytes.get(at, carry, carried, count);
        carried += count;
        return count;
    }

    private void dropCarried(int count) {
        System.arraycopy(carry, count, carry, 0, carried - count);
        carried -= count;
        if (carried == 0 && carry.length > FRAME_HEADER_BYTES + 0xFFFF) {
            carry = new byte[0];
            carryView = ByteBuffer.wrap(carry);
        }
    }

    /** Hands on all that is whole between {@code at} and {@code end}; gives the index where the rest begins. */
    private int cut(ByteBuffer bytes, int at, int end) throws MalformedException {
        int next = at;
        while (next < end) {
            int used = item(bytes, next, end);
            if (used == MORE) {
                return next;
            }
            next += used;
            startItem();
        }
        return next;
    }

    private void startItem() {
        wanted = 0;
        scanned = 0;
        settled = 0;
        headBytes = 0;
        head = Optional.empty();
    }

    /** Takes one thing at {@code at}; gives its length or {@link #MORE}. */
    private int item(ByteBuffer bytes, int at, int end) throws MalformedException {
        if (outOfStep) {
            return findStep(bytes, at, end);
        }
        int first = bytes.get(at);
        if (first == DOLLAR) {
            return frame(bytes, at, end);
        }
        if (first == '\r' || first == '\n') {
            return 1;
        }
        if (head.isPresent() || startsText(bytes, at, end)) {
            return text(bytes, at, end);
        }
        outOfStep = true;
        strayInARow = 0;
        return findStep(bytes, at, end);
    }

    private int frame(ByteBuffer bytes, int at, int end) throws MalformedException {
        if (end - at < FRAME_HEADER_BYTES) {
            wanted = FRAME_HEADER_BYTES;
            return MORE;
        }
        int channel = bytes.get(at + 1) & 0xFF;
        if (channel > MAX_UNASKED_CHANNEL && !channels.get(channel)) {
            outOfStep = true;
            strayInARow = 0;
            return findStep(bytes, at, end);
        }
        int length = bytes.getShort(at + 2) & 0xFFFF;
        if (end - at < FRAME_HEADER_BYTES + length) {
            wanted = FRAME_HEADER_BYTES + length;
            return MORE;
        }
        output.interleaved(channel, bytes, at + FRAME_HEADER_BYTES, length);
        return FRAME_HEADER_BYTES + length;
    }

    private int findStep(ByteBuffer bytes, int at, int end) throws MalformedException {
        int next = at;
        while (next < end && !mayStart(bytes, next, end)) {
            next++;
        }
        int skipped = next - at;
        strayInARow += skipped;
        if (strayInARow > MAX_STRAY_BYTES) {
            throw new MalformedException("no RTSP in " + MAX_STRAY_BYTES + " bytes");
        }
        if (skipped > 0) {
            output.stray(skipped);
            return skipped;
        }
        if (end - at < (bytes.get(at) == DOLLAR ? PROBE_BYTES : RESPONSE.length)) {
            wanted = 0;
            return MORE;
        }
        outOfStep = false;
        return item(bytes, at, end);
    }

    private boolean mayStart(ByteBuffer bytes, int at, int end) {
        if (bytes.get(at) != DOLLAR) {
            return matches(RESPONSE, bytes, at, end);
        }
        if (end - at < PROBE_BYTES) {
            return true;
        }
        int channel = bytes.get(at + 1) & 0xFF;
        boolean known = channels.isEmpty() ? channel <= MAX_FIRST_CHANNEL : channels.get(channel);
        return known
                && bytes.getShort(at + 2) != 0
                && (bytes.get(at + FRAME_HEADER_BYTES) & RTP_VERSION_MASK) == RTP_VERSION_2;
    }

    private static boolean startsText(ByteBuffer bytes, int at, int end) {
        for (byte[] start : STARTS) {
            if (matches(start, bytes, at, end)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code word} stands at {@code at}, as far as there are bytes. */
    private static boolean matches(byte[] word, ByteBuffer bytes, int at, int end) {
        int count = Math.min(word.length, end - at);
        for (int i = 0; i < count; i++) {
            if (bytes.get(at + i) != word[i]) {
                return false;
            }
        }
        return true;
    }

    private int text(ByteBuffer bytes, int at, int end) throws MalformedException {
        if (head.isEmpty()) {
            int length = headLength(bytes, at, end);
            if (length == MORE) {
                return MORE;
            }
            byte[] text = new byte[length];
            bytes.get(at, text);
            RtspHead read = RtspHead.parse(new String(text, StandardCharsets.UTF_8));
            if (read.bodyBytes() > MAX_BODY_BYTES) {
                throw new MalformedException("RTSP body of more than " + MAX_BODY_BYTES + " bytes");
            }
            head = Optional.of(read);
            headBytes = length;
        }
        RtspHead read = head.get();
        int length = headBytes + read.bodyBytes();
        if (end - at < length) {
            wanted = length;
            return MORE;
        }
        if (read.describes()) {
            int most = Math.min(end, at + headBytes + MAX_BODY_BYTES);
            int descriptionEnd = descriptionEnd(bytes, at + length, most);
            if (descriptionEnd > at + length && descriptionEnd == end) {
                // Its length is wrong, and only a pause tells that this is all.
                wanted = 0;
                return MORE;
            }
            length = descriptionEnd - at;
        }
        byte[] body = new byte[length - headBytes];
        bytes.get(at + headBytes, body);
        RtspMessage message = read.with(Bytes.of(body));
        startItem();
        output.message(message);
        return length;
    }

    /** The bytes up to and with the empty line. */
    private int headLength(ByteBuffer bytes, int at, int end) throws MalformedException {
        for (int i = at + scanned; i < end; i++) {
            if (bytes.get(i) != '\n') {
                continue;
            }
            int previous = i - 1;
            if (previous >= at && bytes.get(previous) == '\r') {
                previous--;
            }
            if (previous >= at && bytes.get(previous) == '\n') {
                return i + 1 - at;
            }
        }
        if (end - at > MAX_HEAD_BYTES) {
            throw new MalformedException("RTSP head of more than " + MAX_HEAD_BYTES + " bytes");
        }
        scanned = end - at;
        wanted = 0;
        return MORE;
    }

    /**
     * Where a description ends whose {@code Content-Length} ends at {@code from}: there, or after further lines of the
     * form {@code a=...}.
     */
    private static int descriptionEnd(ByteBuffer bytes, int from, int end) {
        int at = from;
        boolean more = false;
        while (at < end && bytes.get(at) != DOLLAR) {
            boolean lineStart = bytes.get(at - 1) == '\n';
            boolean letter = bytes.get(at) >= 'a' && bytes.get(at) <= 'z';
            boolean line = letter && (at + 1 == end || bytes.get(at + 1) == '=');
            if (lineStart ? !line : startsText(bytes, at, end)) {
                break;
            }
            while (at < end && bytes.get(at) != '\n') {
                more |= bytes.get(at) != '\r';
                at++;
            }
            at = Math.min(end, at + 1);
        }
        return more ? at : from;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
