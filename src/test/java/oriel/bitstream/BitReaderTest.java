package oriel.bitstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;
import oriel.base.Bytes;
import oriel.base.MalformedException;

class BitReaderTest {
    @Test
    void read_allKindsOfFields_givesWhatWasWritten() throws Exception {
        Random random = new Random(1);
        for (int round = 0; round < 200; round++) {
            int bits = random.nextInt(33);
            long unsigned = random.nextLong() & ((1L << bits) - 1);
            long golomb = random.nextLong() & ((1L << random.nextInt(32)) - 1);
            long signed = random.nextInt() >> random.nextInt(1, 32);
            Bytes bytes = new BitWriter()
                    .flag(true)
                    .u(bits, unsigned)
                    .ue(golomb)
                    .se(signed)
                    .u(13, 0)
                    .u(7, 5)
                    .bytes();
            BitReader reader = BitReader.of(bytes);

            assertThat(reader.flag()).isTrue();
            assertThat(reader.bits(bits)).isEqualTo(unsigned);
            assertThat(reader.unsignedGolomb()).isEqualTo(golomb);
            assertThat(reader.signedGolomb()).isEqualTo(signed);
            reader.skip(13);
            assertThat(reader.intBits(7)).isEqualTo(5);
            assertThat(reader.bitsLeft()).isLessThan(8);
        }
    }

    @Test
    void unsignedGolomb_codesOfTheStandard_areTheirNumbers() throws Exception {
        // ITU-T H.264, table 9-2: 1 010 011 00100 00101 00110 00111 0001000
        BitReader reader = BitReader.of(Bytes.of(new byte[] {(byte) 0xA6, 0x42, (byte) 0x98, (byte) 0xE2, 0x00}));

        for (int expected = 0; expected < 8; expected++) {
            assertThat(reader.unsignedGolomb()).isEqualTo(expected);
        }
    }

    @Test
    void signedGolomb_codesOfTheStandard_alternate() throws Exception {
        BitReader reader = BitReader.of(Bytes.of(new byte[] {(byte) 0xA6, 0x42, (byte) 0x98}));

        assertThat(reader.signedGolomb()).isEqualTo(0);
        assertThat(reader.signedGolomb()).isEqualTo(1);
        assertThat(reader.signedGolomb()).isEqualTo(-1);
        assertThat(reader.signedGolomb()).isEqualTo(2);
        assertThat(reader.signedGolomb()).isEqualTo(-2);
    }

    @Test
    void unsignedGolomb_widest_is32Bits() throws Exception {
        assertThat(BitReader.of(new BitWriter().ue(0xFFFF_FFFEL).bytes()).unsignedGolomb())
                .isEqualTo(0xFFFF_FFFEL);
        assertThatThrownBy(() -> BitReader.of(Bytes.of(new byte[20])).unsignedGolomb())
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("32 bits");
    }

    @Test
    void unsignedGolomb_aboveItsLimit_isMalformedByName() throws Exception {
        assertThat(BitReader.of(new BitWriter().ue(9).bytes()).unsignedGolomb(9, "x"))
                .isEqualTo(9);
        assertThatThrownBy(() -> BitReader.of(new BitWriter().ue(10).bytes()).unsignedGolomb(9, "chroma_format_idc"))
                .isInstanceOf(MalformedException.class)
                .hasMessage("chroma_format_idc out of range");
    }

    @Test
    void ofNal_emulationPrevention_isPassedOver() throws Exception {
        BitReader reader = BitReader.ofNal(Bytes.ofHex("67 000003 000003 01 000003"), 1);

        assertThat(reader.bits(32)).isZero();
        assertThat(reader.bits(8)).isEqualTo(1);
        assertThat(reader.bits(16)).isZero();
        assertThatThrownBy(reader::flag).isInstanceOf(MalformedException.class);
    }

    @Test
    void of_plainBytes_keepThrees() throws Exception {
        assertThat(BitReader.of(Bytes.ofHex("000003")).bits(24)).isEqualTo(3);
    }

    @Test
    void bits_beyondTheEnd_isMalformed() {
        assertThatThrownBy(() -> BitReader.of(Bytes.empty()).flag()).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> BitReader.of(Bytes.ofHex("ff")).bits(9)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> BitReader.of(Bytes.ofHex("ff")).skip(9)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> BitReader.ofNal(Bytes.empty(), 2).flag()).isInstanceOf(MalformedException.class);
    }
}
