package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.Bytes;

class AnnexBTest {
    @ParameterizedTest
    @CsvSource({
        "'', ''",
        "6742, ''", // no start code
        "000001, ''", // nothing behind it
        "0000016742, 6742",
        "000000016742, 6742",
        "ffff0000016742, 6742", // rubbish before the first start code
        "00000167420000000168ce, 6742 68ce",
        "000001674200000168ce00000165b801, 6742 68ce 65b801",
        "00000165000003000000016142, 65000003 6142", // emulation prevention is left alone
        "000001650000, 65", // trailing zeros
        "000001000001 65, 65", // an empty unit is none
        "00000165ff0100ff01, 65ff0100ff01"
    })
    void stream_ofAnnexB_isSplitAtItsStartCodes(String stream, String units) {
        List<String> expected = units.isEmpty() ? List.of() : List.of(units.split(" "));
        byte[] bytes = Bytes.ofHex(stream).toArray();
        assertThat(AnnexB.units(bytes)).extracting(Bytes::toHex).isEqualTo(expected);
    }
}
