package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.media.MediaKind;

class MessageFormatTest {
    private static final Bytes SPS = Bytes.ofHex("6742c01f8c68");
    private static final Bytes PPS = Bytes.ofHex("68ce3c80");

    static Stream<WorkerMessage> messages() {
        AccessUnit picture = new AccessUnit(
                -7,
                Optional.of(Instant.parse("2026-01-02T03:04:05.678901Z")),
                true,
                List.of(SPS, PPS, Bytes.ofHex("65")));
        AccessUnit sound = new AccessUnit(Long.MAX_VALUE, Optional.empty(), false, List.of(Bytes.ofHex("fc00")));
        return Stream.of(
                new WorkerMessage.Open(1, DemoRequest.standard().toJson().toJson()),
                new WorkerMessage.Unit(2, 0, picture),
                new WorkerMessage.Unit(-1, 15, sound),
                new WorkerMessage.Unit(
                        2, 0, new AccessUnit(0, Optional.of(Instant.EPOCH.minusNanos(1000)), true, List.of(PPS))),
                new WorkerMessage.Want(2, new StillSize(490, 0)),
                new WorkerMessage.Still(2, new StillSize(0, StillSize.MAX_SIDE), Bytes.ofHex("ffd8ffd9")),
                new WorkerMessage.Close(3),
                new WorkerMessage.Ping(42),
                new WorkerMessage.Pong(-42),
                new WorkerMessage.Stats(4, new JobStats(1_000_000_000_000L, 3)),
                new WorkerMessage.Failed(5, new JobFailure(JobFailure.Kind.NATIVE, "libva fehlt – ü")),
                new WorkerMessage.Failed(5, new JobFailure(JobFailure.Kind.GONE, "")),
                new WorkerMessage.Failed(5, new JobFailure(JobFailure.Kind.MEDIA, "damaged")),
                new WorkerMessage.Ready(6, List.of(new Codec.H264(SPS, PPS), new Codec.Opus(), alaw())),
                new WorkerMessage.Ready(
                        7,
                        List.of(
                                new Codec.H265(SPS, PPS, Bytes.ofHex("40")),
                                new Codec.Vp8(),
                                new Codec.Vp9(),
                                new Codec.Av1(),
                                new Codec.Mjpeg(),
                                new Codec.Aac(44_100, 2, Bytes.ofHex("1210")),
                                new Codec.G711(Codec.G711.Law.MU, 16_000, 2),
                                new Codec.G722(),
                                new Codec.L16(48_000, 8),
                                new Codec.Unknown(MediaKind.AUDIO, "SPEEX", 16_000),
                                Codec.H264.unknown())));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message_writtenAndRead_isTheSame(WorkerMessage message) throws Exception {
        assertThat(MessageFormat.decode(body(frame(message)))).isEqualTo(message);
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message_cutAnywhere_isMalformedOrShorter(WorkerMessage message) {
        byte[] frame = frame(message);
        for (int length = MessageFormat.LENGTH_BYTES; length < frame.length; length++) {
            ByteBuffer cut = ByteBuffer.wrap(frame, 4, length - 4).slice();
            boolean textOnly = message instanceof WorkerMessage.Open
                    || message instanceof WorkerMessage.Failed
                    || message instanceof WorkerMessage.Still;
            try {
                assertThat(MessageFormat.decode(cut)).isNotEqualTo(message);
                // Only a text or a JPEG may end anywhere.
                assertThat(textOnly).isTrue();
            } catch (MalformedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message_withOneBitWrong_isReadOrMalformed(WorkerMessage message) {
        byte[] frame = frame(message);
        for (int bit = 32; bit < 8 * frame.length; bit++) {
            byte[] flipped = frame.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(MessageFormat.decode(body(flipped))).isNotNull();
            } catch (MalformedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("messages")
    void message_withMoreBehindIt_isMalformedOrText(WorkerMessage message) {
        byte[] frame = frame(message);
        byte[] longer = Arrays.copyOf(frame, frame.length + 1);
        if (!(message instanceof WorkerMessage.Open
                || message instanceof WorkerMessage.Failed
                || message instanceof WorkerMessage.Still)) {
            assertThatThrownBy(() -> MessageFormat.decode(body(longer))).isInstanceOf(MalformedException.class);
        }
    }

    @Test
    void unit_onTheLine_isThisRowOfBytes() {
        AccessUnit unit = new AccessUnit(
                3600, Optional.of(Instant.ofEpochSecond(1, 2000)), true, List.of(PPS, Bytes.ofHex("65")));
        assertThat(Bytes.of(frame(new WorkerMessage.Unit(9, 1, unit))).toHex())
                .isEqualTo(
                        "00000026" // 38 bytes follow
                                + "02" // UNIT
                                + "00000009" // job
                                + "01" // track
                                + "0000000000000e10" // pts
                                + "03" // key, wall clock
                                + "00000000000f4242" // 1 000 002 microseconds
                                + "0002" // parts
                                + "00000004" + "00000001"
                                + "68ce3c80" + "65");
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, 0, 4, MessageFormat.MAX_FRAME + 1, Integer.MAX_VALUE})
    void length_thatNoFrameHas_isMalformed(int length) {
        assertThatThrownBy(() -> MessageFormat.checkLength(length)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00 00000001", // no such kind
                "06 00000001 0000", // a still without its size
                "0a 00000001 2001 0000", // wider than anybody may ask
                "0a 00000001 0000 2001",
                "0a 00000001 0000 0000 00",
                "7f 00000001",
                "02 00000001 00 0000000000000000 01 0000", // no parts
                "02 00000001 00 0000000000000000 01 0101 00", // 257 parts
                "02 00000001 00 0000000000000000 04 0001 00000001 00", // unknown flag
                "02 00000001 00 0000000000000000 01 0001 ffffffff 00", // a part of 4 GiB
                "02 00000001 00 0000000000000000 01 0002 80000000 80000001 00", // lengths that overflow to 1
                "05 00000001 00", // no track
                "05 00000001 11", // 17 tracks
                "05 00000001 01 02 0448323634 00015f90 00 00", // neither picture nor sound
                "05 00000001 01 00 00 00015f90 00 00", // no name
                "05 00000001 01 00 0448323634 00000000 00 00", // no clock
                "05 00000001 01 00 0448323634 00015f90 09 00", // nine channels
                "05 00000001 01 00 0448323634 00015f90 00 04", // four parameter sets
                "07 00000001 00", // no such kind of failure
                "07 00000001 06"
            })
    void frame_thatMakesNoSense_isMalformed(String hex) {
        ByteBuffer in = Bytes.ofHex(hex).toBuffer();
        assertThatThrownBy(() -> MessageFormat.decode(in)).isInstanceOf(MalformedException.class);
    }

    @Test
    void unit_largerThanAFrame_doesNotFit() {
        Bytes part = Bytes.of(new byte[1 << 20]);
        assertThat(MessageFormat.fits(unit(Collections.nCopies(7, part)))).isTrue();
        assertThat(MessageFormat.fits(unit(Collections.nCopies(8, part)))).isFalse();
        assertThat(MessageFormat.fits(unit(Collections.nCopies(257, PPS)))).isFalse();
    }

    static byte[] frame(WorkerMessage message) {
        ByteBuffer out = ByteBuffer.allocate(MessageFormat.maxBytes(message));
        MessageFormat.encode(message, out);
        byte[] frame = new byte[out.position()];
        out.flip().get(frame);
        return frame;
    }

    private static AccessUnit unit(List<Bytes> parts) {
        return new AccessUnit(0, Optional.empty(), true, parts);
    }

    private static ByteBuffer body(byte[] frame) {
        return ByteBuffer.wrap(frame, 4, frame.length - 4).slice();
    }

    private static Codec alaw() {
        return new Codec.G711(Codec.G711.Law.A, 8000, 1);
    }
}
