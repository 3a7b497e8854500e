package oriel.worker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;

/**
 * The bytes of a {@link WorkerMessage}, all numbers big endian:
 *
 * <pre>
 * frame   u32 length of all that follows, at most 8 MiB · u8 kind · u32 job · body
 * OPEN    UTF-8 JSON
 * UNIT    u8 track · i64 pts · u8 flags (1 key, 2 wall clock) · [i64 wall clock, microseconds of the epoch]
 *         · u16 parts · u32 length of each · their bytes
 * WANT    u16 width · u16 height, 0 for open
 * STILL   u16 width · u16 height as asked · JPEG
 * CLOSE   nothing
 * PING    i64 stamp                    PONG  the same
 * READY   u8 tracks · each as in {@link CodecFormat}
 * FAILED  u8 kind · UTF-8 text
 * STATS   i64 units · i64 dropped
 * </pre>
 */
final class MessageFormat {
    /** Longest frame behind its length field. */
    static final int MAX_FRAME = 8 << 20;

    /** Bytes of kind and job. */
    static final int HEADER_BYTES = 5;

    static final int LENGTH_BYTES = 4;

    /** Longest JPEG of a still. */
    static final int MAX_JPEG = MAX_FRAME - 64;

    private static final int OPEN = 1;
    private static final int UNIT = 2;
    private static final int CLOSE = 3;
    private static final int PING = 4;
    private static final int READY = 5;
    private static final int STILL = 6;
    private static final int FAILED = 7;
    private static final int STATS = 8;
    private static final int PONG = 9;
    private static final int WANT = 10;

    private static final int KEY = 1;
    private static final int WALL_CLOCK = 2;
    private static final int SIZE_BYTES = 4;
    private static final int MAX_PARTS = 256;
    private static final int MAX_TEXT = 64 * 1024;
    private static final int UNIT_FIXED_BYTES = 1 + 8 + 1 + 8 + 2;
    private static final long MICROS = 1_000_000;

    private MessageFormat() {}

    /** Whether the unit fits into a frame. */
    static boolean fits(AccessUnit unit) {
        return unit.parts().size() <= MAX_PARTS && unitBytes(unit) + HEADER_BYTES <= MAX_FRAME;
    }

    /** Most bytes that {@link #encode} writes for this message. */
    static int maxBytes(WorkerMessage message) {
        return LENGTH_BYTES
                + HEADER_BYTES
                + switch (message) {
                    case WorkerMessage.Unit m -> unitBytes(m.unit());
                    case WorkerMessage.Open m -> 3 * m.request().length();
                    case WorkerMessage.Failed m -> 1 + 3 * m.failure().text().length();
                    case WorkerMessage.Ready m -> 1 + CodecFormat.bytes(m.codecs());
                    case WorkerMessage.Want m -> SIZE_BYTES;
                    case WorkerMessage.Still m -> SIZE_BYTES + m.jpeg().length();
                    case WorkerMessage.Close m -> 0;
                    case WorkerMessage.Ping m -> 8;
                    case WorkerMessage.Pong m -> 8;
                    case WorkerMessage.Stats m -> 16;
                };
    }

    /** Writes the whole frame, its length first; {@code out} has room for {@link #maxBytes}. */
    static void encode(WorkerMessage message, ByteBuffer out) {
        int start = out.position();
        out.putInt(0).put((byte) kind(message)).putInt(message.job());
        switch (message) {
            case WorkerMessage.Unit m -> encodeUnit(m, out);
            case WorkerMessage.Open m -> out.put(m.request().getBytes(StandardCharsets.UTF_8));
            case WorkerMessage.Failed m ->
                out.put((byte) m.failure().kind().code()).put(m.failure().text().getBytes(StandardCharsets.UTF_8));
            case WorkerMessage.Ready m -> CodecFormat.encode(m.codecs(), out);
            case WorkerMessage.Want m -> encodeSize(m.size(), out);
            case WorkerMessage.Still m ->
                encodeSize(m.asked(), out)
                        .put(m.jpeg().array(), m.jpeg().offset(), m.jpeg().length());
            case WorkerMessage.Close m -> {}
            case WorkerMessage.Ping m -> out.putLong(m.stamp());
            case WorkerMessage.Pong m -> out.putLong(m.stamp());
            case WorkerMessage.Stats m ->
                out.putLong(m.stats().units()).putLong(m.stats().dropped());
        }
        out.putInt(start, out.position() - start - LENGTH_BYTES);
    }

    private static int kind(WorkerMessage message) {
        return switch (message) {
            case WorkerMessage.Open m -> OPEN;
            case WorkerMessage.Unit m -> UNIT;
            case WorkerMessage.Want m -> WANT;
            case WorkerMessage.Still m -> STILL;
            case WorkerMessage.Close m -> CLOSE;
            case WorkerMessage.Ping m -> PING;
            case WorkerMessage.Ready m -> READY;
            case WorkerMessage.Failed m -> FAILED;
            case WorkerMessage.Stats m -> STATS;
            case WorkerMessage.Pong m -> PONG;
        };
    }

    /** Refuses lengths that no frame has. */
    static int checkLength(int length) throws MalformedException {
        if (length < HEADER_BYTES || length > MAX_FRAME) {
            throw new MalformedException("worker frame of " + Integer.toUnsignedString(length) + " bytes");
        }
        return length;
    }

    /** Reads one frame behind its length field: all that remains in {@code in}. Media bytes are copied. */
    static WorkerMessage decode(ByteBuffer in) throws MalformedException {
        require(in, HEADER_BYTES, "header");
        int kind = in.get();
        int job = in.getInt();
        WorkerMessage message = switch (kind) {
            case OPEN -> new WorkerMessage.Open(job, text(in));
            case UNIT -> decodeUnit(job, in);
            case WANT -> new WorkerMessage.Want(job, decodeSize(in));
            case STILL -> new WorkerMessage.Still(job, decodeSize(in), rest(in));
            case CLOSE -> new WorkerMessage.Close(job);
            case PING -> new WorkerMessage.Ping(number(in));
            case READY -> new WorkerMessage.Ready(job, CodecFormat.decode(in));
            case FAILED -> decodeFailed(job, in);
            case STATS -> new WorkerMessage.Stats(job, new JobStats(number(in), number(in)));
            case PONG -> new WorkerMessage.Pong(number(in));
            default -> throw new MalformedException("worker frame of unknown kind " + kind);
        };
        if (in.hasRemaining()) {
            throw new MalformedException("worker frame with " + in.remaining() + " bytes too many");
        }
        return message;
    }

    private static int unitBytes(AccessUnit unit) {
        return UNIT_FIXED_BYTES + 4 * unit.parts().size() + unit.size();
    }

    private static void encodeUnit(WorkerMessage.Unit message, ByteBuffer out) {
        AccessUnit unit = message.unit();
        int flags = (unit.key() ? KEY : 0) | (unit.wallClock().isPresent() ? WALL_CLOCK : 0);
        out.put((byte) message.track()).putLong(unit.ptsTicks()).put((byte) flags);
        if (unit.wallClock().isPresent()) {
            Instant wallClock = unit.wallClock().get();
            out.putLong(wallClock.getEpochSecond() * MICROS + wallClock.getNano() / 1000);
        }
        out.putShort((short) unit.parts().size());
        for (Bytes part : unit.parts()) {
            out.putInt(part.length());
        }
        for (Bytes part : unit.parts()) {
            out.put(part.array(), part.offset(), part.length());
        }
    }

    private static WorkerMessage.Unit decodeUnit(int job, ByteBuffer in) throws MalformedException {
        require(in, 10, "unit");
        int track = in.get() & 0xFF;
        long ptsTicks = in.getLong();
        int flags = in.get();
        if ((flags & ~(KEY | WALL_CLOCK)) != 0) {
            throw new MalformedException("worker unit with unknown flags");
        }
        Optional<Instant> wallClock = Optional.empty();
        if ((flags & WALL_CLOCK) != 0) {
            long micros = number(in);
            wallClock = Optional.of(
                    Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1000));
        }
        AccessUnit unit = new AccessUnit(ptsTicks, wallClock, (flags & KEY) != 0, decodeParts(in));
        return new WorkerMessage.Unit(job, track, unit);
    }

    private static List<Bytes> decodeParts(ByteBuffer in) throws MalformedException {
        require(in, 2, "unit");
        int count = in.getShort() & 0xFFFF;
        if (count == 0 || count > MAX_PARTS) {
            throw new MalformedException("worker unit of " + count + " parts");
        }
        require(in, 4 * count, "unit's parts");
        int[] lengths = new int[count];
        long all = 0;
        for (int i = 0; i < count; i++) {
            lengths[i] = in.getInt();
            all += lengths[i] & 0xFFFF_FFFFL;
        }
        if (all != in.remaining()) {
            throw new MalformedException("worker unit whose parts are not as long as they say");
        }
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        List<Bytes> parts = new ArrayList<>(count);
        int offset = 0;
        for (int length : lengths) {
            parts.add(Bytes.of(bytes, offset, length));
            offset += length;
        }
        return parts;
    }

    private static WorkerMessage.Failed decodeFailed(int job, ByteBuffer in) throws MalformedException {
        require(in, 1, "failure");
        int code = in.get();
        for (JobFailure.Kind kind : JobFailure.Kind.values()) {
            if (kind.code() == code) {
                return new WorkerMessage.Failed(job, new JobFailure(kind, text(in)));
            }
        }
        throw new MalformedException("worker failure of unknown kind " + code);
    }

    private static ByteBuffer encodeSize(StillSize size, ByteBuffer out) {
        return out.putShort((short) size.width()).putShort((short) size.height());
    }

    private static StillSize decodeSize(ByteBuffer in) throws MalformedException {
        require(in, SIZE_BYTES, "size");
        int width = in.getShort() & 0xFFFF;
        int height = in.getShort() & 0xFFFF;
        if (width > StillSize.MAX_SIDE || height > StillSize.MAX_SIDE) {
            throw new MalformedException("worker still of " + width + " by " + height);
        }
        return new StillSize(width, height);
    }

    private static Bytes rest(ByteBuffer in) {
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return Bytes.of(bytes);
    }

    private static long number(ByteBuffer in) throws MalformedException {
        require(in, 8, "number");
        return in.getLong();
    }

    private static String text(ByteBuffer in) throws MalformedException {
        if (in.remaining() > MAX_TEXT) {
            throw new MalformedException("worker text of " + in.remaining() + " bytes");
        }
        byte[] bytes = new byte[in.remaining()];
        in.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    static void require(ByteBuffer in, int bytes, String what) throws MalformedException {
        if (in.remaining() < bytes) {
            throw new MalformedException("worker frame ends within its " + what);
        }
    }
}
