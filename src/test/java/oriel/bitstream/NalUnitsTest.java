package oriel.bitstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;

class NalUnitsTest {
    @ParameterizedTest
    @CsvSource({
        "000001 67aa 000001 68bb, 67aa 68bb",
        "00000001 67aa 00000001 68bb, 67aa 68bb",
        "000000000001 67aa 0000 00000001 68bb 0000, 67aa 68bb",
        "67aa 000001 68bb, 67aa 68bb",
        "67aa, 67aa",
        "67aa00, 67aa",
        "000001, ''",
        "000001 000001 68, 68",
        "'', ''",
        "00, ''",
        "000000, ''",
        "0000, ''",
        "000001 67 000003 0100, 670000030 1",
        "000001 00000001 0000 01 65, 65",
        "000001 6500 01, 650001",
    })
    void splitAnnexB_startCodes_partTheUnits(String stream, String units) throws Exception {
        List<Bytes> expected = new ArrayList<>();
        for (String unit : units.replace("30 1", "301").split(" ")) {
            if (!unit.isEmpty()) {
                expected.add(Bytes.ofHex(unit));
            }
        }

        assertThat(NalUnits.splitAnnexB(Bytes.ofHex(stream))).isEqualTo(expected);
    }

    @Test
    void splitAnnexB_anyBytes_givesThePartsBetweenStartCodes() throws Exception {
        Random random = new Random(2);
        for (int round = 0; round < 2000; round++) {
            byte[] stream = new byte[random.nextInt(40)];
            for (int i = 0; i < stream.length; i++) {
                stream[i] = (byte) Math.max(0, random.nextInt(6) - 3); // zeros, ones and twos
            }
            Bytes bytes = Bytes.of(stream);

            assertThat(NalUnits.splitAnnexB(bytes)).isEqualTo(slowly(bytes.toHex()));
        }
    }

    /** The definition, on text. */
    private static List<Bytes> slowly(String hex) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < hex.length(); i += 2) {
            text.append((char) Integer.parseInt(hex.substring(i, i + 2), 16));
        }
        List<Bytes> units = new ArrayList<>();
        for (String part : text.toString().split("\0\0\1", -1)) {
            String unit = part.replaceAll("\0+$", "");
            if (!unit.isEmpty()) {
                units.add(Bytes.of(unit.getBytes(java.nio.charset.StandardCharsets.ISO_8859_1)));
            }
        }
        return units;
    }

    @Test
    void splitAnnexB_viewInsideAnArray_staysInside() throws Exception {
        Bytes stream = Bytes.ofHex("000001 aa 000001 65 88 000001 bb");

        assertThat(NalUnits.splitAnnexB(stream.slice(4, 5))).containsExactly(Bytes.ofHex("6588"));
    }

    @Test
    void splitAnnexB_moreThan256Units_isMalformed() throws Exception {
        assertThat(NalUnits.splitAnnexB(Bytes.ofHex("00000165".repeat(256)))).hasSize(256);
        assertThatThrownBy(() -> NalUnits.splitAnnexB(Bytes.ofHex("00000165".repeat(257))))
                .isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "000001, true",
        "00000165, true",
        "00000001, true",
        "0000000001, false",
        "67000001, false",
        "0000, false",
        "'', false"
    })
    void beginsWithStartCode_threeOrFourBytes_isTold(String hex, boolean expected) {
        assertThat(NalUnits.beginsWithStartCode(Bytes.ofHex(hex))).isEqualTo(expected);
    }

    @Test
    void types_ofFirstBytes_haveTheirNames() {
        assertThat(H264NalType.name(H264NalType.of(0x67))).isEqualTo("SPS");
        assertThat(H264NalType.name(H264NalType.of(0x65))).isEqualTo("IDR");
        assertThat(H264NalType.name(H264NalType.of(0x41))).isEqualTo("slice");
        assertThat(H264NalType.name(H264NalType.of(0x7C))).isEqualTo("FU-A");
        assertThat(H264NalType.name(H264NalType.of(0x1F))).isEqualTo("NAL type 31");
        assertThat(H265NalType.name(H265NalType.of(0x40))).isEqualTo("VPS");
        assertThat(H265NalType.name(H265NalType.of(0x26))).isEqualTo("IDR");
        assertThat(H265NalType.name(H265NalType.of(0x02))).isEqualTo("slice");
        assertThat(H265NalType.name(H265NalType.of(0x62))).isEqualTo("FU");
        assertThat(H265NalType.name(H265NalType.of(0x7E))).isEqualTo("NAL type 63");
        assertThat(H265NalType.isRandomAccess(H265NalType.of(0x2A))).isTrue();
        assertThat(H265NalType.isRandomAccess(H265NalType.of(0x2C))).isFalse();
    }
}
