package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.media.MediaKind;
import oriel.rtp.RtpPacket;
import oriel.rtp.RtpView;

/**
 * Feeds several payloads to one track. Each stands behind three bytes: flags (1 marker, 2 gap before, 4 key start, 8
 * next timestamp) and its length.
 */
class PayloadFuzzTest {
    private static final int MARKER = 1;
    private static final int GAP = 2;
    private static final int KEY = 4;
    private static final int NEXT_TIME = 8;

    /** What takes the payloads. */
    @FunctionalInterface
    private interface Taker {
        void take(int flags, long ptsTicks, byte[] payload) throws MalformedException;
    }

    private static void payloads(byte[] data, Taker taker) {
        ByteBuffer in = ByteBuffer.wrap(data);
        long ptsTicks = 0;
        while (in.remaining() >= 3) {
            int flags = in.get();
            byte[] payload = new byte[Math.min(in.getShort() & 0xFFFF, in.remaining())];
            in.get(payload);
            ptsTicks += (flags & NEXT_TIME) != 0 ? 3600 : 0;
            try {
                taker.take(flags, ptsTicks, payload);
            } catch (MalformedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        }
    }

    /** What the normaliser lets out keeps its promises, and the depacketiser reads it. */
    private static void normalize(Codec codec, byte[] data) {
        Normalizer normalizer = Normalizers.of(codec);
        List<RtpPacket> packets = new ArrayList<>();
        payloads(data, (flags, ptsTicks, payload) -> {
            if ((flags & GAP) != 0) {
                normalizer.gap();
            }
            byte[] bytes = ByteBuffer.allocate(12 + payload.length)
                    .put((byte) 0x80)
                    .put((byte) ((flags & MARKER) != 0 ? 0xE0 : 0x60))
                    .put(12, payload)
                    .array();
            RtpView view = new RtpView();
            view.wrap(ByteBuffer.wrap(bytes), 0, bytes.length);
            normalizer.accept(view, ptsTicks, packets::add);
        });
        long last = -1;
        for (RtpPacket packet : packets) {
            assertThat(packet.length()).isBetween(13, RtpPacket.MAX_BYTES);
            assertThat(packet.sequence()).isGreaterThan(last);
            last = packet.sequence();
        }
        assertThat(normalizer.codec().name()).isEqualTo(codec.name());
        if (codec.kind() == MediaKind.VIDEO && !(codec instanceof Codec.Mjpeg) && Depacketizers.supports(codec)) {
            read(codec, packets);
        }
    }

    private static void read(Codec codec, List<RtpPacket> packets) {
        Depacketizer depacketizer = Depacketizers.of(codec);
        for (RtpPacket packet : packets) {
            try {
                depacketizer.accept(packet, PayloadFuzzTest::check);
            } catch (MalformedException e) {
                // The normaliser of VP8, VP9 and AV1 passes on what it does not look into.
                boolean looksInside = codec instanceof Codec.H264 || codec instanceof Codec.H265;
                assertThat(e.reason()).contains(looksInside ? "more than" : "");
            }
        }
    }

    private static void check(AccessUnit unit) {
        assertThat(unit.size()).isBetween(1, NalDepacketizer.MAX_BYTES + 1024);
        assertThat(unit.parts()).hasSizeLessThanOrEqualTo(NalDepacketizer.MAX_UNITS);
    }

    private static void depacketize(Codec codec, byte[] data) {
        Depacketizer depacketizer = Depacketizers.of(codec);
        long[] sequence = {0};
        payloads(data, (flags, ptsTicks, payload) -> {
            byte[] array = new byte[12 + payload.length];
            System.arraycopy(payload, 0, array, 12, payload.length);
            sequence[0] += (flags & GAP) != 0 ? 2 : 1;
            boolean marker = (flags & MARKER) != 0;
            boolean key = (flags & KEY) != 0;
            depacketizer.accept(
                    RtpPacket.take(array, array.length, sequence[0], ptsTicks, marker, key), PayloadFuzzTest::check);
        });
    }

    @FuzzTest
    void normalizeH264(byte[] data) {
        normalize(Units.H264, data);
    }

    @FuzzTest
    void normalizeH265(byte[] data) {
        normalize(Units.H265, data);
    }

    @FuzzTest
    void normalizeOthers(byte[] data) {
        if (data.length > 0) {
            Codec[] codecs = {
                new Codec.Mjpeg(),
                new Codec.Aac(16_000, 1, Bytes.empty()),
                new Codec.Vp8(),
                new Codec.Vp9(),
                new Codec.Av1(),
                new Codec.L16(48_000, 2),
                new Codec.Opus(),
            };
            normalize(
                    codecs[(data[0] & 0xFF) % codecs.length],
                    Bytes.of(data).slice(1, data.length - 1).toArray());
        }
    }

    @FuzzTest
    void depacketizeH264(byte[] data) {
        depacketize(Units.H264, data);
    }

    @FuzzTest
    void depacketizeH265(byte[] data) {
        depacketize(Units.H265, data);
    }

    @FuzzTest
    void depacketizeAac(byte[] data) {
        depacketize(new Codec.Aac(16_000, 1, Bytes.empty()), data);
    }

    @FuzzTest
    void depacketizeJpeg(byte[] data) {
        depacketize(new Codec.Mjpeg(), data);
    }

    @FuzzTest
    void depacketizeVp8(byte[] data) {
        depacketize(new Codec.Vp8(), data);
    }

    @FuzzTest
    void depacketizeVp9(byte[] data) {
        depacketize(new Codec.Vp9(), data);
    }

    @FuzzTest
    void depacketizeAv1(byte[] data) {
        depacketize(new Codec.Av1(), data);
    }
}
