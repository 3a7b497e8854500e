package oriel.bitstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;

class AudioSpecificConfigTest {
    @ParameterizedTest
    @CsvSource({
        "1408, 2, 16000, 1, 1024", // what most cameras send
        "1588, 2, 8000, 1, 1024",
        "1190, 2, 48000, 2, 1024",
        "1210, 2, 44100, 2, 1024",
        "119056e500, 2, 48000, 2, 1024", // with a sync extension behind
        "140c, 2, 16000, 1, 960", // frameLengthFlag
        "11b8, 2, 48000, 8, 1024", // configuration 7
        "1180, 2, 48000, 0, 1024", // described in the stream
    })
    void parse_configs_readsTheCore(String hex, int objectType, int rate, int channels, int samples) throws Exception {
        assertThat(AudioSpecificConfig.parse(Bytes.ofHex(hex)))
                .isEqualTo(new AudioSpecificConfig(objectType, rate, channels, samples));
    }

    @Test
    void parse_sbrOrPsAbove_readsTheCore() throws Exception {
        // SBR: object type 5, core 24000 Hz mono, extension 48000 Hz, then AAC LC and its frame length.
        Bytes sbr =
                new BitWriter().u(5, 5).u(4, 6).u(4, 1).u(4, 3).u(5, 2).u(3, 0).bytes();
        Bytes ps =
                new BitWriter().u(5, 29).u(4, 7).u(4, 1).u(4, 4).u(5, 2).u(3, 0).bytes();

        assertThat(AudioSpecificConfig.parse(sbr)).isEqualTo(new AudioSpecificConfig(2, 24_000, 1, 1024));
        assertThat(AudioSpecificConfig.parse(ps)).isEqualTo(new AudioSpecificConfig(2, 22_050, 1, 1024));
    }

    @Test
    void parse_escapedTypeAndRate_readsThem() throws Exception {
        Bytes lowDelay =
                new BitWriter().u(5, 31).u(6, 39 - 32).u(4, 8).u(4, 1).u(1, 1).bytes();
        Bytes oddRate =
                new BitWriter().u(5, 2).u(4, 15).u(24, 16_100).u(4, 2).u(3, 0).bytes();

        assertThat(AudioSpecificConfig.parse(lowDelay)).isEqualTo(new AudioSpecificConfig(39, 16_000, 1, 480));
        assertThat(AudioSpecificConfig.parse(oddRate)).isEqualTo(new AudioSpecificConfig(2, 16_100, 2, 1024));
        for (int rate : new int[] {0, 192_001}) {
            Bytes absurd =
                    new BitWriter().u(5, 2).u(4, 15).u(24, rate).u(4, 2).u(3, 0).bytes();
            assertThatThrownBy(() -> AudioSpecificConfig.parse(absurd)).isInstanceOf(MalformedException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "14", "1688", "1708", "1478", "f8"})
    void parse_cutOrOutOfRange_isMalformed(String hex) {
        assertThatThrownBy(() -> AudioSpecificConfig.parse(Bytes.ofHex(hex))).isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_anyBitFlipped_givesAConfigOrMalformed() {
        byte[] config = Bytes.ofHex("2b118800").toArray();
        for (int bit = 0; bit < 32; bit++) {
            byte[] flipped = config.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(AudioSpecificConfig.parse(Bytes.of(flipped)).sampleRate())
                        .isBetween(1, 192_000);
            } catch (MalformedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"16000, 1, 1408", "8000, 1, 1588", "48000, 2, 1190", "44100, 8, 1238"})
    void lowComplexity_ofRateAndChannels_isWhatCamerasSend(int rate, int channels, String hex) throws Exception {
        Bytes config = AudioSpecificConfig.lowComplexity(rate, channels);

        assertThat(config).isEqualTo(Bytes.ofHex(hex));
        assertThat(AudioSpecificConfig.parse(config))
                .isEqualTo(new AudioSpecificConfig(AudioSpecificConfig.AAC_LC, rate, channels, 1024));
    }

    @Test
    void lowComplexity_ofOddOnes_isRefused() {
        assertThatThrownBy(() -> AudioSpecificConfig.lowComplexity(16_001, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AudioSpecificConfig.lowComplexity(16_000, 7))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> AudioSpecificConfig.lowComplexity(16_000, 0))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
