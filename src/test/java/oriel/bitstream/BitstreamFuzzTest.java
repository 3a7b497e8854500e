package oriel.bitstream;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import oriel.base.Bytes;
import oriel.base.MalformedException;

class BitstreamFuzzTest {
    @FuzzTest
    void h264Sps(byte[] data) {
        try {
            H264Sps sps = H264Sps.parse(Bytes.of(data));
            assertThat(sps.width()).isBetween(1, H264Sps.MAX_DIMENSION);
            assertThat(sps.height()).isBetween(1, H264Sps.MAX_DIMENSION);
            assertThat(sps.profileLevelId()).hasSize(6);
        } catch (MalformedException e) {
            assertThat(e.reason()).isNotEmpty();
        }
    }

    @FuzzTest
    void h265Sps(byte[] data) {
        try {
            H265Sps sps = H265Sps.parse(Bytes.of(data));
            assertThat(sps.width()).isBetween(1, H264Sps.MAX_DIMENSION);
            assertThat(sps.height()).isBetween(1, H264Sps.MAX_DIMENSION);
        } catch (MalformedException e) {
            assertThat(e.reason()).isNotEmpty();
        }
    }

    /** The quick reader and the thorough one agree wherever both know. */
    @FuzzTest
    void sliceHeader(byte[] data) {
        SliceType quick = H264SliceHeader.peekType(data, 0, data.length);
        Bytes nal = Bytes.of(concat((byte) 0x65, data));
        try {
            SliceType thorough = H264SliceHeader.parse(nal).type();
            if (quick != SliceType.UNKNOWN) {
                assertThat(quick).isEqualTo(thorough);
            }
        } catch (MalformedException e) {
            assertThat(quick).isEqualTo(SliceType.UNKNOWN);
        }
        for (int type : new int[] {1, 20}) {
            int id = H265SliceHeader.peekPps(type, data, 0, data.length);
            H265Pps pps = new H265Pps(Math.max(0, id), data.length % 8);
            assertThat(H265SliceHeader.peekType(type, pps, data, 0, data.length))
                    .isIn(SliceType.B, SliceType.P, SliceType.I, SliceType.UNKNOWN);
        }
    }

    @FuzzTest
    void audioSpecificConfig(byte[] data) {
        try {
            AudioSpecificConfig config = AudioSpecificConfig.parse(Bytes.of(data));
            assertThat(config.sampleRate()).isBetween(1, 192_000);
            assertThat(config.channels()).isBetween(0, 8);
        } catch (MalformedException e) {
            assertThat(e.reason()).isNotEmpty();
        }
    }

    @FuzzTest
    void jpegHeader(byte[] data) {
        try {
            JpegHeader header = JpegHeader.parse(Bytes.of(data));
            assertThat(header.width()).isBetween(1, H264Sps.MAX_DIMENSION);
            assertThat(header.height()).isBetween(1, H264Sps.MAX_DIMENSION);
        } catch (MalformedException e) {
            assertThat(e.reason()).isNotEmpty();
        }
    }

    @FuzzTest
    void annexB(byte[] data) {
        try {
            int total = 0;
            for (Bytes unit : NalUnits.splitAnnexB(Bytes.of(data))) {
                assertThat(unit.isEmpty()).isFalse();
                assertThat(NalUnits.startCode(unit.array(), unit.offset(), unit.offset() + unit.length()))
                        .isNegative();
                total += unit.length();
            }
            assertThat(total).isLessThanOrEqualTo(data.length);
        } catch (MalformedException e) {
            assertThat(e.reason()).contains("256");
        }
    }

    private static byte[] concat(byte first, byte[] rest) {
        byte[] all = Arrays.copyOf(new byte[] {first}, rest.length + 1);
        System.arraycopy(rest, 0, all, 1, rest.length);
        return all;
    }
}
