package oriel.bitstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;

class H265SpsTest {
    private static final int[] HEADER = {0x42, 0x01};

    /** Profile, tier and level of Main at level 4, the compatibility and constraint flags that encoders write. */
    private static BitWriter front(int subLayers) {
        return new BitWriter()
                .u(4, 0)
                .u(3, subLayers - 1)
                .u(1, 1)
                .u(2, 0)
                .u(1, 0)
                .u(5, 1)
                .u(32, 0x6000_0000L)
                .u(48, 0x9000_0000_0000L)
                .u(8, 120);
    }

    /** 1920x1080 cropped from 1088 lines, two reference pictures reordered at most. */
    static Bytes main1080p(int reorder) {
        BitWriter sps =
                front(1).ue(0).ue(1).ue(1920).ue(1088).u(1, 1).ue(0).ue(0).ue(0).ue(4);
        return tail(sps.ue(0).ue(0).ue(4).u(1, 1).ue(4).ue(reorder).ue(0)).nal(HEADER);
    }

    /** Coding block sizes and the flags behind, so that other readers take the set too. */
    private static BitWriter tail(BitWriter sps) {
        sps.ue(0).ue(3).ue(0).ue(3).ue(0).ue(0); // block sizes and depths
        sps.u(1, 0).u(1, 1).u(1, 1).u(1, 0); // scaling lists, AMP, SAO, PCM
        return sps.ue(0).u(1, 0).u(1, 1).u(1, 1).u(1, 0).u(1, 0); // reference sets, long term, MVP, smoothing, VUI, ext
    }

    /** Three layers with profiles and levels of their own, 4:2:2, 10 bits, high tier. */
    static Bytes layered() {
        BitWriter sps = new BitWriter().u(4, 1).u(3, 2).u(1, 0).u(2, 1).u(1, 1).u(5, 4);
        sps.u(32, 0x0800_0000L).u(48, 0x9CA8_0000_0001L).u(8, 153);
        sps.u(2, 3).u(2, 1).u(12, 0); // first layer with both, second with a level
        sps.u(32, 1).u(32, 2).u(24, 3).u(8, 90).u(8, 120);
        sps.ue(2).ue(2).ue(3840).ue(2160).u(1, 1).ue(1).ue(2).ue(3).ue(4);
        sps.ue(2)
                .ue(3)
                .ue(4)
                .u(1, 1)
                .ue(1)
                .ue(0)
                .ue(0)
                .ue(2)
                .ue(1)
                .ue(0)
                .ue(3)
                .ue(2)
                .ue(0);
        return tail(sps).nal(HEADER);
    }

    @Test
    void parse_main_readsAllFacts() throws Exception {
        assertThat(H265Sps.parse(main1080p(2)))
                .isEqualTo(new H265Sps(
                        0, 0, false, 1, 0x6000_0000L, 0x9000_0000_0000L, 120, 1, true, 1, 8, 8, 1920, 1080, 2));
        assertThat(H265Sps.parse(main1080p(2)).mayReorder()).isTrue();
        assertThat(H265Sps.parse(main1080p(0)).mayReorder()).isFalse();
    }

    @Test
    void parse_layered_findsItsWay() throws Exception {
        assertThat(H265Sps.parse(layered()))
                .isEqualTo(new H265Sps(
                        2, 1, true, 4, 0x0800_0000L, 0x9CA8_0000_0001L, 153, 3, false, 2, 10, 11, 3834, 2153, 2));
    }

    @Test
    void parse_orderOfHighestLayerOnly_isRead() throws Exception {
        BitWriter sps =
                front(1).ue(0).ue(0).ue(64).ue(64).u(1, 0).ue(0).ue(0).ue(0).u(1, 0);

        assertThat(H265Sps.parse(sps.ue(1).ue(1).ue(0).nal(HEADER)).maxReorderPictures())
                .isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({"16385, 16", "16, 16385", "0, 16", "16, 0", "65535, 65535", "4294967294, 4294967294"})
    void parse_sizeOutOfRange_isRefused(long width, long height) {
        Bytes sps = front(1).ue(0).ue(1).ue(width).ue(height).u(1, 0).nal(HEADER);

        assertThatThrownBy(() -> H265Sps.parse(sps))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("pic_");
    }

    @Test
    void parse_cropsAllAway_isRefused() {
        Bytes sps = front(1).ue(0)
                .ue(1)
                .ue(64)
                .ue(64)
                .u(1, 1)
                .ue(16)
                .ue(16)
                .ue(0)
                .ue(0)
                .nal(HEADER);

        assertThatThrownBy(() -> H265Sps.parse(sps)).isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_eightLayers_isRefused() {
        Bytes sps = front(8).nal(HEADER);

        assertThatThrownBy(() -> H265Sps.parse(sps)).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "42", "4201", "4401c0f2f03c90"})
    void parse_noSps_isMalformed(String hex) {
        assertThatThrownBy(() -> H265Sps.parse(Bytes.ofHex(hex))).isInstanceOf(MalformedException.class);
    }

    @Test
    void parse_cutOrFlippedAnywhere_givesASetOrMalformed() {
        for (Bytes whole : new Bytes[] {main1080p(1), layered()}) {
            for (int bit = 0; bit < whole.length() * 8; bit++) {
                byte[] flipped = whole.toArray();
                flipped[bit / 8] ^= (byte) (1 << bit % 8);
                attempt(Bytes.of(flipped));
                attempt(whole.slice(0, bit / 8));
            }
        }
    }

    private static void attempt(Bytes nal) {
        try {
            H265Sps sps = H265Sps.parse(nal);
            assertThat(sps.width()).isBetween(1, H264Sps.MAX_DIMENSION);
            assertThat(sps.height()).isBetween(1, H264Sps.MAX_DIMENSION);
        } catch (MalformedException e) {
            assertThat(e.reason()).isNotEmpty();
        }
    }
}
