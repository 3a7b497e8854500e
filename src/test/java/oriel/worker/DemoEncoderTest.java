package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.Bytes;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.testing.VirtualClock;

@Timeout(120)
class DemoEncoderTest {
    private static final DemoRequest SMALL =
            DemoRequest.standard().sized(320, 180).paced(25, 10).silent();

    private final VirtualClock clock = new VirtualClock();

    @ParameterizedTest
    @CsvSource({"1280, 720", "640, 360", "320, 180", "160, 96", "1920, 1080"})
    void picture_ofAnySize_decodesAndItsNumberCounts(int width, int height) throws Exception {
        try (DemoEncoder encoder = DemoEncoder.open(SMALL.sized(width, height), clock);
                PictureDecoder decoder = new PictureDecoder()) {
            for (int frame = 0; frame < 12; frame++) {
                PictureDecoder.Picture picture =
                        decoder.decode(picture(encoder)).orElseThrow();
                assertThat(picture.width()).isEqualTo(width);
                assertThat(picture.height()).isEqualTo(height);
                assertThat(picture.stamp()).hasValue(frame);
                clock.advance(Duration.ofMillis(40));
            }
        }
    }

    @Test
    void stamp_ofTheClock_isMillisecondsOfTheDayItWasDrawn() throws Exception {
        try (DemoEncoder encoder = DemoEncoder.open(SMALL.stamped(DemoRequest.Stamp.CLOCK), clock);
                PictureDecoder decoder = new PictureDecoder()) {
            for (int frame = 0; frame < 5; frame++) {
                int expected = (int) (clock.now().toEpochMilli() & 0xFF_FFFF);
                assertThat(decoder.decode(picture(encoder)).orElseThrow().stamp())
                        .hasValue(expected);
                clock.advance(Duration.ofMillis(123));
            }
        }
    }

    @Test
    void keyFrames_comeEveryGop_withParameterSets() throws Exception {
        try (DemoEncoder encoder = DemoEncoder.open(SMALL, clock)) {
            Codec.H264 codec = (Codec.H264) encoder.codecs().getFirst();
            for (int frame = 0; frame < 31; frame++) {
                AccessUnit unit = picture(encoder);
                assertThat(unit.key()).as("frame %d", frame).isEqualTo(frame % 10 == 0);
                List<Integer> types =
                        unit.parts().stream().map(part -> part.at(0) & 0x1F).toList();
                if (unit.key()) {
                    assertThat(unit.parts()).startsWith(codec.sps(), codec.pps());
                    assertThat(types.subList(2, types.size())).containsOnly(5);
                } else {
                    assertThat(types).containsOnly(1);
                }
            }
        }
    }

    @Test
    void slices_areNeverBSlices() throws Exception {
        try (DemoEncoder encoder = DemoEncoder.open(SMALL.paced(25, 50), clock)) {
            for (int frame = 0; frame < 120; frame++) {
                for (Bytes part : picture(encoder).parts()) {
                    int type = part.at(0) & 0x1F;
                    if (type == 1 || type == 5) {
                        // ITU-T H.264, table 7-6: 1 and 6 are B.
                        assertThat(sliceType(part) % 5).isIn(0, 2);
                    }
                }
            }
        }
    }

    @Test
    void profile_ofThePicture_isConstrainedBaseline() throws Exception {
        try (DemoEncoder encoder = DemoEncoder.open(DemoRequest.standard(), clock)) {
            Codec.H264 codec = (Codec.H264) encoder.codecs().getFirst();
            assertThat(codec.sps().slice(0, 4).toHex()).isEqualTo("6742c01f");
            assertThat(codec.pps().at(0) & 0x1F).isEqualTo(8);
            assertThat(encoder.codecs().subList(1, 3))
                    .containsExactly(new Codec.Opus(), new Codec.G711(Codec.G711.Law.A, 8000, 1));
        }
    }

    @Test
    void units_ofAllTracks_shareOneTimeBase() throws Exception {
        try (DemoEncoder encoder = DemoEncoder.open(DemoRequest.standard().sized(160, 96), clock)) {
            List<List<AccessUnit>> tracks = List.of(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
            while (encoder.nextNanos() < 2_000_000_000L) {
                long due = encoder.nextNanos();
                DemoUnit made = encoder.next().orElseThrow();
                int rate = encoder.codecs().get(made.track()).clockRate();
                assertThat(made.unit().ptsTicks()).isEqualTo(due * rate / 1_000_000_000L);
                assertThat(made.unit().wallClock()).contains(clock.now().plusNanos(due));
                tracks.get(made.track()).add(made.unit());
            }
            assertThat(tracks).extracting(List::size).containsExactly(50, 100, 100);
        }
    }

    @Test
    void sound_isInPacketsOfTwentyMilliseconds() throws Exception {
        try (DemoEncoder encoder = DemoEncoder.open(DemoRequest.standard().sized(160, 96), clock)) {
            while (encoder.nextNanos() < 500_000_000L) {
                DemoUnit made = encoder.next().orElseThrow();
                Bytes packet = made.unit().parts().getLast();
                if (made.track() == 1) {
                    // RFC 6716, 3.1: configurations 16 to 31 are CELT, the fourth of each four is 20 ms; code 0 is one
                    // frame.
                    int toc = packet.at(0);
                    assertThat(toc >> 3).isGreaterThanOrEqualTo(16);
                    assertThat((toc >> 3) % 4).isEqualTo(3);
                    assertThat((toc >> 2) & 1).as("stereo").isEqualTo(1);
                    assertThat(toc & 3).isZero();
                    assertThat(packet.length()).isBetween(2, 400);
                } else if (made.track() == 2) {
                    assertThat(packet.length()).isEqualTo(160);
                }
            }
        }
    }

    @Test
    void pause_ofTheMachine_isSkippedOnAllTracks() throws Exception {
        try (DemoEncoder encoder = DemoEncoder.open(DemoRequest.standard().sized(160, 96), clock);
                PictureDecoder decoder = new PictureDecoder()) {
            decoder.decode(picture(encoder));
            encoder.skipTo(10_000_000_000L);
            assertThat(encoder.nextNanos()).isEqualTo(10_000_000_000L);
            AccessUnit picture = picture(encoder);
            assertThat(picture.ptsTicks()).isEqualTo(900_000);
            assertThat(decoder.decode(picture).orElseThrow().stamp()).hasValue(250);
            assertThat(encoder.next().orElseThrow().unit().ptsTicks()).isEqualTo(480_000);
            assertThat(encoder.next().orElseThrow().unit().ptsTicks()).isEqualTo(80_000);
        }
    }

    @Test
    void picture_movesAndShowsTheTime() throws Exception {
        try (DemoEncoder encoder = DemoEncoder.open(SMALL, clock);
                PictureDecoder decoder = new PictureDecoder()) {
            PictureDecoder.Picture first = decoder.decode(picture(encoder)).orElseThrow();
            PictureDecoder.Picture later = first;
            for (int frame = 1; frame < 75; frame++) {
                clock.advance(Duration.ofMillis(40));
                later = decoder.decode(picture(encoder)).orElseThrow();
            }
            assertThat(difference(first, later, 10, 150)).as("the sun").isGreaterThan(200);
            assertThat(difference(first, later, 150, 180)).as("the clock").isGreaterThan(20);
        }
    }

    @Test
    void clock_whileTheSunGoesRound_isLeftWhole() throws Exception {
        try (DemoEncoder encoder = DemoEncoder.open(SMALL, clock);
                PictureDecoder decoder = new PictureDecoder()) {
            PictureDecoder.Picture first = decoder.decode(picture(encoder)).orElseThrow();
            for (int frame = 1; frame <= 250; frame++) {
                PictureDecoder.Picture later = decoder.decode(picture(encoder)).orElseThrow();
                assertThat(difference(first, later, 150, 180))
                        .as("frame %d", frame)
                        .isLessThan(20);
            }
        }
    }

    private static int difference(PictureDecoder.Picture one, PictureDecoder.Picture other, int top, int bottom) {
        int count = 0;
        for (int y = top; y < bottom; y++) {
            for (int x = 0; x < one.width(); x++) {
                count += Math.abs(one.at(x, y) - other.at(x, y)) > 40 ? 1 : 0;
            }
        }
        return count;
    }

    private static AccessUnit picture(DemoEncoder encoder) throws IOException {
        while (true) {
            Optional<DemoUnit> made = encoder.next();
            if (made.isPresent() && made.get().track() == 0) {
                return made.get().unit();
            }
        }
    }

    /** ITU-T H.264, 7.3.3: first_mb_in_slice and slice_type are the first two numbers of a slice. */
    private static int sliceType(Bytes slice) {
        int[] bit = {8};
        expGolomb(slice, bit);
        return expGolomb(slice, bit);
    }

    private static int expGolomb(Bytes bytes, int[] bit) {
        int zeros = 0;
        while (bitAt(bytes, bit[0]++) == 0) {
            zeros++;
        }
        int value = 1;
        for (int i = 0; i < zeros; i++) {
            value = (value << 1) | bitAt(bytes, bit[0]++);
        }
        return value - 1;
    }

    private static int bitAt(Bytes bytes, int bit) {
        return (bytes.at(bit / 8) >> (7 - bit % 8)) & 1;
    }
}
