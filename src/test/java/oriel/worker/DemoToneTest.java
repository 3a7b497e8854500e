package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class DemoToneTest {
    private static final short[] TONE = DemoTone.stereo(48_000);

    @Test
    void tone_atItsLoudest_isGentle() {
        double peak = 0;
        for (short sample : TONE) {
            peak = Math.max(peak, Math.abs(sample) / 32_768.0);
        }
        assertThat(20 * Math.log10(peak)).isBetween(-24.0, -18.0);
    }

    @Test
    void second_afterSecond_goesOnWithoutAClick() {
        int seam = Math.abs(TONE[0] - TONE[TONE.length - 2]);
        int steepest = 0;
        for (int i = 2; i < TONE.length; i += 2) {
            steepest = Math.max(steepest, Math.abs(TONE[i] - TONE[i - 2]));
        }
        assertThat(seam).isLessThanOrEqualTo(steepest);
    }

    @Test
    void aLaw_isTheSameTone() {
        byte[] aLaw = DemoTone.aLaw(8000);
        for (int i = 0; i < aLaw.length; i++) {
            assertThat(ALawTest.decode(aLaw[i])).isCloseTo(TONE[2 * 6 * i], org.assertj.core.data.Offset.offset(200));
        }
    }
}
