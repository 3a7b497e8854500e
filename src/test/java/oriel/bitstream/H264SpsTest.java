package oriel.bitstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;

class H264SpsTest {
    /** From openh264 by FFmpeg 8.0: 1920x1080 High, VUI with bitstream restriction. */
    static final Bytes HIGH_1080P = Bytes.ofHex("67640c28ac18d00f0044fcb8080f08846a");
    /** Likewise: 640x360 Constrained Baseline. */
    static final Bytes BASELINE_360P = Bytes.ofHex("6742c0168c680a02f7970101e1108d40");

    /** A Baseline set up to and without the cropping flag. */
    static BitWriter baseline(int widthInMacroblocks, int heightInMapUnits, boolean framesOnly) {
        BitWriter sps = new BitWriter()
                .u(8, 66)
                .u(8, 0xC0)
                .u(8, 31)
                .ue(0) // id
                .ue(0) // log2_max_frame_num_minus4
                .ue(0) // pic_order_cnt_type
                .ue(2) // log2_max_pic_order_cnt_lsb_minus4
                .ue(1) // max_num_ref_frames
                .u(1, 0)
                .ue(widthInMacroblocks - 1)
                .ue(heightInMapUnits - 1)
                .flag(framesOnly);
        return (framesOnly ? sps : sps.u(1, 1)).u(1, 1);
    }

    /** A High set with 4:2:2, 10 bits, all scaling lists, fields, cropping and everything a VUI can hold. */
    static Bytes everything() {
        BitWriter sps = new BitWriter()
                .u(8, 122)
                .u(8, 0)
                .u(8, 51)
                .ue(3)
                .ue(2)
                .ue(2)
                .ue(2)
                .u(1, 0)
                .u(1, 1);
        for (int i = 0; i < 8; i++) {
            sps.u(1, i == 3 ? 0 : 1);
            for (int j = 0; i != 3 && j < (i < 6 ? 16 : 64); j++) {
                if (i == 1) { // the list ends at once: the default is meant
                    sps.se(-8);
                    break;
                }
                sps.se(j % 2 == 0 ? 3 : -3);
            }
        }
        sps.ue(4).ue(1).u(1, 0).se(-5).se(7).ue(2).se(1).se(-1); // frame numbers, picture order type 1
        sps.ue(4).u(1, 1).ue(119).ue(33).u(1, 0).u(1, 1).u(1, 1); // 1920x1088 in fields
        sps.u(1, 1).ue(1).ue(2).ue(0).ue(2); // crops 6 and 4 lines
        sps.u(1, 1); // VUI
        sps.u(1, 1).u(8, 255).u(16, 4).u(16, 3); // aspect ratio
        sps.u(1, 1).u(1, 1); // overscan
        sps.u(1, 1).u(3, 5).u(1, 1).u(1, 1).u(8, 1).u(8, 1).u(8, 1); // video signal
        sps.u(1, 1).ue(1).ue(1); // chroma location
        sps.u(1, 1).u(32, 1001).u(32, 60_000).u(1, 1); // timing
        for (int i = 0; i < 2; i++) { // both HRDs
            sps.u(1, 1)
                    .ue(1)
                    .u(4, 1)
                    .u(4, 1)
                    .ue(1000)
                    .ue(2000)
                    .u(1, 0)
                    .ue(3000)
                    .ue(4000)
                    .u(1, 1)
                    .u(20, 0x8421);
        }
        sps.u(1, 0).u(1, 1); // low delay, picture structure
        return sps.u(1, 1).u(1, 1).ue(2).ue(1).ue(10).ue(11).ue(2).ue(4).nal(0x67);
    }

    @Test
    void parse_highOfOpenh264_readsWhatItEncoded() throws Exception {
        assertThat(H264Sps.parse(HIGH_1080P))
                .isEqualTo(new H264Sps(
                        0, 100, 0x0C, 40, 1, 8, 8, 2, 1920, 1080, OptionalDouble.empty(), OptionalInt.of(0)));
        assertThat(H264Sps.parse(HIGH_1080P).profileLevelId()).isEqualTo("640c28");
        assertThat(H264Sps.parse(HIGH_1080P).mayReorder()).isFalse();
    }

    @Test
    void parse_baselineOfOpenh264_readsWhatItEncoded() throws Exception {
        H264Sps sps = H264Sps.parse(BASELINE_360P);

        assertThat(sps.profileLevelId()).isEqualTo("42c016");
        assertThat(sps.width()).isEqualTo(640);
        assertThat(sps.height()).isEqualTo(360);
    }

    @Test
    void parse_everyField_findsItsWay() throws Exception {
        assertThat(H264Sps.parse(everything()))
                .isEqualTo(new H264Sps(
                        3,
                        122,
                        0,
                        51,
                        2,
                        10,
                        10,
                        1,
                        1914,
                        1084,
                        OptionalDouble.of(60_000 / 2002.0),
                        OptionalInt.of(2)));
        assertThat(H264Sps.parse(everything()).mayReorder()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "120, 68, true, 1920, 1088",
        "120, 34, false, 1920, 1088",
        "1, 1, true, 16, 16",
        "1024, 1024, true, 16384, 16384",
        "1024, 512, false, 16384, 16384",
    })
    void parse_dimensions_areInMacroblocks(int wide, int high, boolean framesOnly, int width, int height)
            throws Exception {
        H264Sps sps =
                H264Sps.parse(baseline(wide, high, framesOnly).u(1, 0).u(1, 0).nal(0x67));

        assertThat(sps.width()).isEqualTo(width);
        assertThat(sps.height()).isEqualTo(height);
        assertThat(sps.mayReorder()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"1025, 1, true", "1, 1025, true", "1, 513, false", "4096, 4096, true", "268435456, 268435456, true"})
    void parse_largerThan16384_isRefused(int wide, int high, boolean framesOnly) {
        Bytes sps = baseline(wide, high, framesOnly).u(1, 0).u(1, 0).nal(0x67);

        assertThatThrownBy(() -> H264Sps.parse(sps))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("out of range");
    }

    @ParameterizedTest
    @CsvSource({"1, 0, 0, 8", "8, 0, 0, 0", "16384, 16384, 0, 0", "0, 0, 4, 4"})
    void parse_cropsAllAway_isRefused(int left, int right, int top, int bottom) {
        Bytes sps = baseline(1, 1, true)
                .u(1, 1)
                .ue(left)
                .ue(right)
                .ue(top)
                .ue(bottom)
                .u(1, 0)
                .nal(0x67);

        assertThatThrownBy(() -> H264Sps.parse(sps)).isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_cropOfSeparatePlanes_isInSinglePixels() throws Exception {
        BitWriter sps = new BitWriter()
                .u(8, 244)
                .u(8, 0)
                .u(8, 30)
                .ue(0)
                .ue(3)
                .u(1, 1)
                .ue(0)
                .ue(0);
        sps.u(1, 0).u(1, 0).ue(0).ue(2).ue(1).u(1, 0).ue(9).ue(9).u(1, 1).u(1, 1);
        Bytes nal = sps.u(1, 1).ue(1).ue(2).ue(3).ue(4).u(1, 0).nal(0x67);

        assertThat(H264Sps.parse(nal).width()).isEqualTo(157);
        assertThat(H264Sps.parse(nal).height()).isEqualTo(153);
        assertThat(H264Sps.parse(nal).mayReorder()).isFalse(); // picture order type 2
    }

    @Test
    void parse_vuiCutOff_keepsTheDimensions() throws Exception {
        Bytes whole = everything();
        H264Sps expected = H264Sps.parse(whole);
        for (int length = whole.length() - 1; length > whole.length() - 30; length--) {
            H264Sps sps = H264Sps.parse(whole.slice(0, length));

            assertThat(sps.width()).isEqualTo(expected.width());
            assertThat(sps.height()).isEqualTo(expected.height());
        }
    }

    @Test
    void parse_frameRateOfNonsense_isNotGiven() throws Exception {
        BitWriter sps = baseline(10, 10, true)
                .u(1, 0)
                .u(1, 1)
                .u(4, 0)
                .u(1, 1)
                .u(32, 0)
                .u(32, 50)
                .u(1, 0);

        assertThat(H264Sps.parse(sps.u(4, 0).nal(0x67)).frameRate()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "67", "6742c01e", "68ce3c80", "67ffffff00000000000000000000"})
    void parse_noSps_isMalformed(String hex) {
        assertThatThrownBy(() -> H264Sps.parse(Bytes.ofHex(hex))).isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_cutAnywhere_givesASetOrMalformed() {
        for (Bytes whole : new Bytes[] {HIGH_1080P, BASELINE_360P, everything()}) {
            for (int length = 0; length < whole.length(); length++) {
                attempt(whole.slice(0, length));
            }
        }
    }

    @Test
    void parse_anyBitFlipped_givesASetOrMalformed() {
        for (Bytes whole : new Bytes[] {HIGH_1080P, BASELINE_360P, everything()}) {
            for (int bit = 0; bit < whole.length() * 8; bit++) {
                byte[] flipped = whole.toArray();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                attempt(Bytes.of(flipped));
            }
        }
    }

    private static void attempt(Bytes nal) {
        try {
            H264Sps sps = H264Sps.parse(nal);
            assertThat(sps.width()).isBetween(1, H264Sps.MAX_DIMENSION);
            assertThat(sps.height()).isBetween(1, H264Sps.MAX_DIMENSION);
        } catch (MalformedException e) {
            assertThat(e.reason()).isNotEmpty();
        }
    }
}
