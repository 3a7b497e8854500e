package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ALawTest {
    @ParameterizedTest
    @CsvSource({
        "0, d5",
        "-1, 55",
        "15, d5",
        "16, d4",
        "32, d7",
        "-33, 57",
        "511, ca",
        "512, f5",
        "1023, fa",
        "-5000, 06",
        "12345, bd",
        "32767, aa",
        "-32768, 2a"
    })
    void sample_ofTheCurve_isThisByte(int sample, String hex) {
        assertThat("%02x".formatted(ALaw.encode(sample) & 0xFF)).isEqualTo(hex);
    }

    @Test
    void everySample_decoded_isWithinItsStep() {
        for (int sample = Short.MIN_VALUE; sample <= Short.MAX_VALUE; sample++) {
            int step = Math.max(16, Integer.highestOneBit(Math.abs(sample) + 1) / 16);
            assertThat(Math.abs(decode(ALaw.encode(sample)) - sample)).isLessThanOrEqualTo(step);
        }
    }

    /** The table of ITU-T G.711, read the other way round. */
    static int decode(byte code) {
        int bits = (code & 0xFF) ^ 0x55;
        int segment = (bits >> 4) & 7;
        int magnitude = ((bits & 0x0F) << 4) + 8;
        if (segment > 0) {
            magnitude = (magnitude + 0x100) << (segment - 1);
        }
        return (bits & 0x80) != 0 ? magnitude : -magnitude;
    }
}
