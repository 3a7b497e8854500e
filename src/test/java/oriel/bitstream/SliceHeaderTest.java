package oriel.bitstream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;

class SliceHeaderTest {
    private static SliceType peek(Bytes afterHeader) {
        return H264SliceHeader.peekType(afterHeader.array(), afterHeader.offset(), afterHeader.length());
    }

    @ParameterizedTest
    @CsvSource({
        "0, 0, P",
        "0, 1, B",
        "0, 2, I",
        "0, 3, SP",
        "0, 4, SI",
        "0, 5, P",
        "0, 6, B",
        "0, 7, I",
        "0, 8, SP",
        "0, 9, SI",
        "1, 6, B",
        "8159, 5, P",
        "1048575, 1, B",
        "4294967294, 7, UNKNOWN",
    })
    void h264_firstMacroblockAndType_areRead(long macroblock, int type, SliceType expected) throws Exception {
        Bytes nal = new BitWriter().ue(macroblock).ue(type).ue(0).u(32, 0).nal(0x65);

        if (expected != SliceType.UNKNOWN) {
            assertThat(H264SliceHeader.parse(nal)).isEqualTo(new H264SliceHeader(macroblock, expected));
            assertThat(H264SliceHeader.parse(nal).isB()).isEqualTo(expected == SliceType.B);
        }
        assertThat(peek(nal.slice(1, nal.length() - 1))).isEqualTo(expected);
        assertThat(peek(nal.slice(1, Math.min(16, nal.length() - 1)))).isEqualTo(expected);
    }

    @Test
    void h264_emulationPreventionInTheFront_isPassedOver() throws Exception {
        // 0000 0000 0000 0000 0000 0001 ...: 23 zeros need the byte 03 after two.
        Bytes nal = new BitWriter().ue((1 << 23) - 1).ue(6).u(16, 0).nal(0x41);

        assertThat(nal.toHex()).startsWith("41000003");
        assertThat(H264SliceHeader.parse(nal)).isEqualTo(new H264SliceHeader((1 << 23) - 1, SliceType.B));
        assertThat(peek(nal.slice(1, nal.length() - 1))).isEqualTo(SliceType.B);
    }

    @Test
    void h264_cutOrOutOfRange_isMalformedOrUnknown() {
        Bytes type10 = new BitWriter().ue(0).ue(10).nal(0x65);

        assertThatThrownBy(() -> H264SliceHeader.parse(type10)).isInstanceOf(MalformedException.class);
        assertThat(peek(type10.slice(1, type10.length() - 1))).isEqualTo(SliceType.UNKNOWN);
        for (String hex : new String[] {"", "65", "6500", "6580", "6542", "65000003000003000003000003"}) {
            Bytes nal = Bytes.ofHex(hex);
            assertThatThrownBy(() -> H264SliceHeader.parse(nal)).isInstanceOf(MalformedException.class);
            assertThat(peek(nal.isEmpty() ? nal : nal.slice(1, nal.length() - 1)))
                    .isEqualTo(SliceType.UNKNOWN);
        }
    }

    @Test
    void h264_slicesOfOpenh264_areReadRight() throws Exception {
        assertThat(H264SliceHeader.parse(Bytes.ofHex("65b800040cff6f7d")))
                .isEqualTo(new H264SliceHeader(0, SliceType.I));
        assertThat(H264SliceHeader.parse(Bytes.ofHex("61e00040005c"))).isEqualTo(new H264SliceHeader(0, SliceType.P));
    }

    private static Bytes segment(boolean first, boolean randomAccess, int pps, int extraBits, int type) {
        BitWriter bits = new BitWriter().flag(first);
        if (randomAccess) {
            bits.u(1, 0);
        }
        return bits.ue(pps).u(extraBits, 0).ue(type).u(24, 0xFFFFFF).bytes();
    }

    @ParameterizedTest
    @CsvSource({
        "1, 0, 0, 0, B",
        "1, 0, 0, 1, P",
        "1, 0, 0, 2, I",
        "1, 0, 0, 3, UNKNOWN",
        "19, 0, 0, 2, I",
        "20, 5, 2, 2, I",
        "21, 63, 7, 0, B",
        "23, 1, 0, 1, P",
        "0, 63, 3, 1, P",
    })
    void h265_firstSegments_haveTheirType(int nalType, int pps, int extraBits, int type, SliceType expected) {
        Bytes bytes = segment(true, nalType >= 16, pps, extraBits, type);
        H265Pps facts = new H265Pps(pps, extraBits);

        assertThat(H265SliceHeader.isFirstInPicture(bytes.at(0))).isTrue();
        assertThat(H265SliceHeader.peekPps(nalType, bytes.array(), 0, bytes.length()))
                .isEqualTo(pps);
        assertThat(H265SliceHeader.peekType(nalType, facts, bytes.array(), 0, bytes.length()))
                .isEqualTo(expected);
    }

    @Test
    void h265_laterSegmentOrOtherPps_isUnknown() {
        Bytes later = segment(false, false, 0, 0, 1);
        Bytes other = segment(true, false, 3, 0, 1);

        assertThat(H265SliceHeader.isFirstInPicture(later.at(0))).isFalse();
        assertThat(H265SliceHeader.peekType(1, new H265Pps(0, 0), later.array(), 0, later.length()))
                .isEqualTo(SliceType.UNKNOWN);
        assertThat(H265SliceHeader.peekType(1, new H265Pps(0, 0), other.array(), 0, other.length()))
                .isEqualTo(SliceType.UNKNOWN);
        assertThat(H265SliceHeader.peekPps(1, new byte[0], 0, 0)).isEqualTo(-1);
        assertThat(H265SliceHeader.peekPps(1, new byte[] {(byte) 0x80, 0x20}, 0, 2))
                .isEqualTo(-1); // 128 at least
        assertThat(H265SliceHeader.peekType(1, new H265Pps(0, 7), new byte[] {(byte) 0xC0}, 0, 1))
                .isEqualTo(SliceType.UNKNOWN);
    }

    @Test
    void h265Pps_front_isRead() throws Exception {
        Bytes nal = new BitWriter().ue(5).ue(2).u(1, 1).u(1, 0).u(3, 6).u(11, 0).nal(0x44, 1);

        assertThat(H265Pps.parse(nal)).isEqualTo(new H265Pps(5, 6));
        assertThatThrownBy(
                        () -> H265Pps.parse(new BitWriter().ue(64).ue(0).u(8, 0).nal(0x44, 1)))
                .isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> H265Pps.parse(Bytes.ofHex("4401"))).isInstanceOf(MalformedException.class);
    }
}
