package oriel.bitstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;

class JpegHeaderTest {
    /** SOI, a JFIF segment, a comment, one quantisation table, a baseline frame of 64x48, a scan. */
    private static final Bytes JPEG = Bytes.ofHex("ffd8"
            + "ffe0 0010 4a46494600 0102 00 0001 0001 0000"
            + "fffe 0006 6f72656c"
            + "ffdb 0043 00" + "08".repeat(64)
            + "ffc0 0011 08 0030 0040 03 012200 021100 031100"
            + "ffda 000c 03 0100 0211 0311 003f00"
            + "1234 ffd9");

    @Test
    void parse_baseline_readsItsSize() throws Exception {
        assertThat(JpegHeader.parse(JPEG)).isEqualTo(new JpegHeader(64, 48));
    }

    @Test
    void parse_progressiveWithFillBytesAndTables_readsItsSize() throws Exception {
        assertThat(JpegHeader.parse(Bytes.ofHex("ffd8 ff01 ffffffc4 0004 0000 ffd0 ffc2 000b 08 0001 4000 01 011100")))
                .isEqualTo(new JpegHeader(16_384, 1));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ff",
                "ffd8",
                "ffd9",
                "89504e470d0a1a0a",
                "ffd8ffd9",
                "ffd8ffda000203",
                "ffd8 00",
                "ffd8 ffe0",
                "ffd8 ffe0 0001 00",
                "ffd8 ffe0 ffff 00",
                "ffd8 ffc0 0007 08 0030 00", // frame header too short
                "ffd8 ffc0 000b 08 0000 0040 01 011100", // no height
                "ffd8 ffc0 000b 08 0030 0000 01 011100", // no width
                "ffd8 ffc0 000b 08 ffdc ffdc 01 011100", // 65500x65500
                "ffd8 ffc0 000b 08 0001 4001 01 011100",
            })
    void parse_noneOrOutOfRange_isMalformed(String hex) {
        assertThatThrownBy(() -> JpegHeader.parse(Bytes.ofHex(hex)))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("JPEG");
    }

    @Test
    void parse_cutOrFlippedAnywhere_givesAHeaderOrMalformed() {
        for (int bit = 0; bit < JPEG.length() * 8; bit++) {
            byte[] flipped = JPEG.toArray();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            attempt(Bytes.of(flipped));
            attempt(JPEG.slice(0, bit / 8));
        }
    }

    private static void attempt(Bytes jpeg) {
        try {
            assertThat(JpegHeader.parse(jpeg).width()).isBetween(1, H264Sps.MAX_DIMENSION);
        } catch (MalformedException e) {
            assertThat(e.reason()).contains("JPEG");
        }
    }
}
