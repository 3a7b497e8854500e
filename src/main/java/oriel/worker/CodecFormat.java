package oriel.worker;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.media.MediaKind;
import oriel.media.StreamDescription;

/**
 * The bytes of a list of codecs in READY:
 *
 * <pre>
 * u8 count · each: u8 kind (0 video, 1 audio) · u8 length · name in ASCII · u32 clock rate · u8 channels
 *                  · u8 parameter sets · each: u16 length · bytes
 * </pre>
 */
final class CodecFormat {
    private static final int VIDEO = 0;
    private static final int AUDIO = 1;
    private static final int MAX_SETS = 3;
    private static final int MAX_CHANNELS = 8;
    private static final int MAX_CLOCK_RATE = 1_000_000;
    private static final int MAX_NAME = 32;
    private static final int FIXED_BYTES = 1 + 1 + MAX_NAME + 4 + 1 + 1;

    private CodecFormat() {}

    /** Most bytes that {@link #encode} writes. */
    static int bytes(List<Codec> codecs) {
        int bytes = 1;
        for (Codec codec : codecs) {
            bytes += FIXED_BYTES;
            for (Bytes set : parameterSets(codec)) {
                bytes += 2 + set.length();
            }
        }
        return bytes;
    }

    static void encode(List<Codec> codecs, ByteBuffer out) {
        out.put((byte) codecs.size());
        for (Codec codec : codecs) {
            byte[] name = codec.name().getBytes(StandardCharsets.US_ASCII);
            int nameBytes = Math.min(name.length, MAX_NAME);
            out.put((byte) (codec.kind() == MediaKind.VIDEO ? VIDEO : AUDIO));
            out.put((byte) nameBytes).put(name, 0, nameBytes);
            out.putInt(codec.clockRate()).put((byte) codec.channels());
            List<Bytes> sets = parameterSets(codec);
            out.put((byte) sets.size());
            for (Bytes set : sets) {
                out.putShort((short) set.length()).put(set.array(), set.offset(), set.length());
            }
        }
    }

    static List<Codec> decode(ByteBuffer in) throws MalformedException {
        MessageFormat.require(in, 1, "tracks");
        int count = in.get() & 0xFF;
        if (count == 0 || count > StreamDescription.MAX_TRACKS) {
            throw new MalformedException("worker job with " + count + " tracks");
        }
        List<Codec> codecs = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            codecs.add(decodeOne(in));
        }
        return codecs;
    }

    private static Codec decodeOne(ByteBuffer in) throws MalformedException {
        MessageFormat.require(in, 2, "track");
        int kind = in.get();
        int nameBytes = in.get() & 0xFF;
        if ((kind != VIDEO && kind != AUDIO) || nameBytes == 0 || nameBytes > MAX_NAME) {
            throw new MalformedException("worker track of no kind or name");
        }
        MessageFormat.require(in, nameBytes + 6, "track");
        byte[] name = new byte[nameBytes];
        in.get(name);
        int clockRate = in.getInt();
        int channels = in.get();
        if (clockRate <= 0 || clockRate > MAX_CLOCK_RATE || channels < 0 || channels > MAX_CHANNELS) {
            throw new MalformedException("worker track with an impossible clock or number of channels");
        }
        List<Bytes> sets = decodeSets(in);
        return codec(
                kind == VIDEO ? MediaKind.VIDEO : MediaKind.AUDIO,
                new String(name, StandardCharsets.US_ASCII),
                clockRate,
                channels,
                set(sets, 0),
                set(sets, 1),
                set(sets, 2));
    }

    private static List<Bytes> decodeSets(ByteBuffer in) throws MalformedException {
        int count = in.get() & 0xFF;
        if (count > MAX_SETS) {
            throw new MalformedException("worker track with " + count + " parameter sets");
        }
        List<Bytes> sets = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            MessageFormat.require(in, 2, "parameter set");
            int length = in.getShort() & 0xFFFF;
            MessageFormat.require(in, length, "parameter set");
            byte[] set = new byte[length];
            in.get(set);
            sets.add(Bytes.of(set));
        }
        return sets;
    }

    private static Bytes set(List<Bytes> sets, int index) {
        return index < sets.size() ? sets.get(index) : Bytes.empty();
    }

    private static Codec codec(
            MediaKind kind, String name, int clockRate, int channels, Bytes first, Bytes second, Bytes third) {
        return switch (name) {
            case "H264" -> new Codec.H264(first, second);
            case "H265" -> new Codec.H265(first, second, third);
            case "VP8" -> new Codec.Vp8();
            case "VP9" -> new Codec.Vp9();
            case "AV1" -> new Codec.Av1();
            case "JPEG" -> new Codec.Mjpeg();
            case "AAC" -> new Codec.Aac(clockRate, channels, first);
            case "OPUS" -> new Codec.Opus();
            case "PCMA" -> new Codec.G711(Codec.G711.Law.A, clockRate, channels);
            case "PCMU" -> new Codec.G711(Codec.G711.Law.MU, clockRate, channels);
            case "G722" -> new Codec.G722();
            case "L16" -> new Codec.L16(clockRate, channels);
            default -> new Codec.Unknown(kind, name, clockRate);
        };
    }

    private static List<Bytes> parameterSets(Codec codec) {
        return switch (codec) {
            case Codec.H264 c -> List.of(c.sps(), c.pps());
            case Codec.H265 c -> List.of(c.vps(), c.sps(), c.pps());
            case Codec.Aac c -> List.of(c.config());
            case Codec.Vp8 c -> List.of();
            case Codec.Vp9 c -> List.of();
            case Codec.Av1 c -> List.of();
            case Codec.Mjpeg c -> List.of();
            case Codec.Opus c -> List.of();
            case Codec.G711 c -> List.of();
            case Codec.G722 c -> List.of();
            case Codec.L16 c -> List.of();
            case Codec.Unknown c -> List.of();
        };
    }
}
