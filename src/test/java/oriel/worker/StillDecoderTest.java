package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.Bytes;
import oriel.base.Clock;
import oriel.media.AccessUnit;
import oriel.testing.camera.JavaJpeg;

@Timeout(60)
class StillDecoderTest {
    private static List<AccessUnit> demo(int count) throws IOException {
        DemoRequest request =
                DemoRequest.standard().sized(640, 360).paced(25, 100).silent();
        List<AccessUnit> units = new ArrayList<>();
        try (DemoEncoder encoder = DemoEncoder.open(request, Clock.system())) {
            while (units.size() < count) {
                encoder.next().ifPresent(made -> units.add(made.unit()));
            }
        }
        return units;
    }

    private static Bytes jpeg(String codec, List<AccessUnit> units, StillSize size) throws NativeMediaException {
        try (StillDecoder decoder = StillDecoder.open(codec)) {
            for (AccessUnit unit : units) {
                decoder.take(unit);
            }
            decoder.finish();
            return JpegEncoder.encode(decoder.picture(), size);
        }
    }

    private static BufferedImage image(Bytes jpeg) throws IOException {
        return JavaJpeg.read(jpeg.toArray());
    }

    /** A JPEG by Java: one colour. */
    private static AccessUnit plain(int width, int height, int rgb) throws IOException {
        return new AccessUnit(0, Optional.empty(), true, List.of(Bytes.of(JavaJpeg.plain(width, height, rgb))));
    }

    private static void assertColour(int rgb, int wanted) {
        for (int shift : new int[] {0, 8, 16}) {
            assertThat(rgb >> shift & 0xFF).as("%06x", rgb & 0xFFFFFF).isCloseTo(wanted >> shift & 0xFF, within(6));
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, 640, 360",
        "320, 0, 320, 180",
        "0, 90, 160, 90",
        "100, 100, 100, 56",
        "490, 276, 490, 276",
        "1920, 1080, 640, 360"
    })
    void keyFrame_asJpeg_fitsTheBoxInItsProportions(int width, int height, int gotWidth, int gotHeight)
            throws Exception {
        BufferedImage image = image(jpeg("H264", demo(1), new StillSize(width, height)));
        assertThat(image.getWidth()).isEqualTo(gotWidth);
        assertThat(image.getHeight()).isEqualTo(gotHeight);
    }

    @Test
    void group_decodedToItsEnd_isItsLastPicture() throws Exception {
        assertThat(JavaJpeg.stamp(image(jpeg("H264", demo(1), StillSize.full()))))
                .isZero();
        assertThat(JavaJpeg.stamp(image(jpeg("H264", demo(31), StillSize.full()))))
                .isEqualTo(30);
    }

    @ParameterizedTest
    @CsvSource({"16711680", "65280", "255", "16777215", "0", "8421504", "14324512"})
    void jpeg_decodedAndEncodedAgain_hasItsColours(int rgb) throws Exception {
        assertColour(
                image(jpeg("JPEG", List.of(plain(64, 48, rgb)), new StillSize(32, 0)))
                        .getRGB(16, 12),
                rgb);
    }

    @Test
    void demo_hasTheColoursThatItsMakerMeant() throws Exception {
        // The wall beside the window, as DemoScene paints it.
        assertColour(image(jpeg("H264", demo(1), StillSize.full())).getRGB(40, 100), 0x3F3747);
    }

    @Test
    void keyFrame_damagedInItsMiddle_isRefused() throws Exception {
        AccessUnit whole = demo(1).getFirst();
        List<Bytes> parts = new ArrayList<>(whole.parts());
        byte[] slice = parts.removeLast().toArray();
        Random random = new Random(5);
        for (int i = slice.length / 2; i < slice.length / 2 + 200; i++) {
            slice[i] = (byte) random.nextInt();
        }
        parts.add(Bytes.of(slice));
        AccessUnit damaged = new AccessUnit(0, Optional.empty(), true, parts);
        assertThatThrownBy(() -> jpeg("H264", List.of(damaged), StillSize.full()))
                .isInstanceOf(NativeMediaException.class)
                .hasMessageStartingWith("the picture cannot be decoded");
    }

    @Test
    void keyFrame_thatEndsInItsMiddle_isRefused() throws Exception {
        AccessUnit whole = demo(1).getFirst();
        List<Bytes> parts = new ArrayList<>(whole.parts());
        Bytes slice = parts.removeLast();
        parts.add(slice.slice(0, slice.length() / 2));
        AccessUnit half = new AccessUnit(0, Optional.empty(), true, parts);
        assertThatThrownBy(() -> jpeg("H264", List.of(half), StillSize.full()))
                .isInstanceOf(NativeMediaException.class);
    }

    @ParameterizedTest
    @CsvSource({"H264", "H265", "VP8", "VP9", "AV1", "JPEG"})
    void nonsense_isRefusedByEachDecoder(String codec) {
        AccessUnit nonsense = new AccessUnit(
                0, Optional.empty(), true, List.of(Bytes.ofHex("65888421a05a5a5a5a5a5a5a5a5a5a5a5a5a5a")));
        assertThatThrownBy(() -> jpeg(codec, List.of(nonsense), StillSize.full()))
                .isInstanceOf(NativeMediaException.class)
                .hasMessageStartingWith("the picture cannot be decoded");
    }

    @Test
    void picture_ofTooManyPixels_isRefusedBeforeItTakesMemory() throws Exception {
        byte[] jpeg = plain(64, 48, 0).parts().getFirst().toArray();
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != 0xC0) {
            at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
        }
        jpeg[at + 5] = (byte) 0x3F;
        jpeg[at + 7] = (byte) 0x3F;
        AccessUnit huge = new AccessUnit(0, Optional.empty(), true, List.of(Bytes.of(jpeg)));
        assertThatThrownBy(() -> jpeg("JPEG", List.of(huge), StillSize.full()))
                .isInstanceOf(NativeMediaException.class);
    }
}
