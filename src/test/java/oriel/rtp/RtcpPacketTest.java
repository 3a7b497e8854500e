package oriel.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.rtp.RtcpPacket.Bye;
import oriel.rtp.RtcpPacket.Fir;
import oriel.rtp.RtcpPacket.Nack;
import oriel.rtp.RtcpPacket.Other;
import oriel.rtp.RtcpPacket.Pli;
import oriel.rtp.RtcpPacket.ReceiverReport;
import oriel.rtp.RtcpPacket.Remb;
import oriel.rtp.RtcpPacket.SenderReport;
import oriel.rtp.RtcpPacket.SourceDescription;

class RtcpPacketTest {
    /** A sender report with one block, a source description and a goodbye with a reason, field by field. */
    static final String COMPOUND = "81 c8 000c" // V=2 RC=1 SR, 13 words
            + " 11223344" // SSRC
            + " b44db705 20000000" // NTP
            + " 00015f90" // RTP timestamp 90000
            + " 00000010 00001000" // packets, octets
            + " 55667788" // block: SSRC
            + " 40 fffffe" // a quarter, minus 2
            + " 0001ffff" // one cycle, 65535
            + " 00000011" // jitter
            + " b7052000 00054000" // LSR, DLSR
            + " 81 ca 0003 11223344 01 03 63616d 00 0000" // SDES, CNAME "cam", end, pad
            + " 82 cb 0004 11223344 01020304 05 6c65617665 0000"; // BYE of two, "leave"

    private static final SenderReport SENDER_REPORT = new SenderReport(
            0x11223344,
            new NtpTime(0xb44db705_20000000L),
            90_000,
            16,
            4096,
            List.of(new ReceptionReport(0x55667788, 64, -2, 0x1FFFF, 17, 0xb7052000L, 0x54000)));

    private static List<RtcpPacket> parse(String hex) throws MalformedException {
        byte[] bytes = Bytes.ofHex(hex).toArray();
        return RtcpPacket.parseCompound(bytes, 0, bytes.length);
    }

    @Test
    void parseCompound_reportDescriptionGoodbye_readsEachField() throws Exception {
        assertThat(parse(COMPOUND))
                .containsExactly(
                        SENDER_REPORT,
                        new SourceDescription(List.of(new SourceDescription.Source(0x11223344, "cam"))),
                        new Bye(List.of(0x11223344, 0x01020304), "leave"));
    }

    @Test
    void parseCompound_littleEndianBufferWithOffset_readsTheSame() throws Exception {
        byte[] bytes = Bytes.ofHex("ffffff" + COMPOUND + "ffff").toArray();
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);

        assertThat(RtcpPacket.parseCompound(buffer, 3, bytes.length - 5))
                .hasSize(3)
                .contains(SENDER_REPORT);
        assertThat(buffer.position()).isZero();
        assertThat(buffer.order()).isEqualTo(ByteOrder.LITTLE_ENDIAN);
    }

    @Test
    void parseCompound_feedback_readsNackPliFirRemb() throws Exception {
        assertThat(parse(
                        "80 c9 0001 00000001" // empty RR
                                + " 81 cd 0004 00000001 00000002 fffe 8005 0064 0000" // NACK: FFFE, +1, +3, +16; 100
                                + " 81 ce 0002 00000001 00000002" // PLI
                                + " 84 ce 0004 00000001 00000000 00000002 07 000000" // FIR 7
                                + " 8f ce 0005 00000001 00000000 52454d42 01 0b 0d40 00000002" // REMB 2^2 * 0x30d40
                                + " 83 cd 0002 00000001 00000002" // TMMBR: not read
                                + " 8f ce 0003 00000001 00000002 61626364" // another application's
                                + " 81 ce 0002 00000001 00000002"
                                + " 82 cc 0002 00000001 6e616d65")) // APP
                .containsExactly(
                        new ReceiverReport(1, List.of()),
                        new Nack(1, 2, List.of(0xFFFE, 0xFFFF, 1, 14, 100)),
                        new Pli(1, 2),
                        new Fir(1, List.of(new Fir.Request(2, 7))),
                        new Remb(1, 0x30d40L << 2, List.of(2)),
                        new Other(205, 3),
                        new Other(206, 15),
                        new Pli(1, 2),
                        new Other(204, 2));
    }

    @Test
    void parseCompound_rembOfAbsurdRate_isClipped() throws Exception {
        assertThat(parse("8f ce 0004 00000001 00000000 52454d42 00 ff ffff"))
                .containsExactly(new Remb(1, Long.MAX_VALUE, List.of()));
        assertThat(parse("8f ce 0004 00000001 00000000 52454d42 00 fc 0000"))
                .containsExactly(new Remb(1, 0, List.of()));
        assertThat(parse("8f ce 0004 00000001 00000000 52454d42 00 b7 ffff"))
                .containsExactly(new Remb(1, 0x3FFFFL << 45, List.of()));
    }

    @Test
    void parseCompound_padded_readsWithoutThePadding() throws Exception {
        assertThat(parse("a0 c9 0002 00000001 00000004")).containsExactly(new ReceiverReport(1, List.of()));
    }

    @Test
    void parseCompound_hugeNack_isBounded() throws Exception {
        String items = "0000ffff".repeat(1000);

        assertThat(parse("81 cd 03ea 00000001 00000002" + items).getFirst())
                .isInstanceOfSatisfying(
                        Nack.class, nack -> assertThat(nack.sequences()).hasSize(RtcpPacket.MAX_NACKED));
    }

    @Test
    void parseCompound_descriptionOfTwoSourcesWithOtherItems_readsBothNames() throws Exception {
        assertThat(parse(
                        "82 ca 0006" // two chunks
                                + " 00000001 06 02 7879 01 01 61 00" // tool "xy", CNAME "a", end
                                + " 00000002 00 000000 00000003")) // no items; an extra word is passed over
                .containsExactly(new SourceDescription(
                        List.of(new SourceDescription.Source(1, "a"), new SourceDescription.Source(2, ""))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "80 c9 00",
                "40 c9 0001 00000001", // version 1
                "80 c9 0002 00000001", // longer than it is
                "80 c9 0000", // no SSRC
                "81 c9 0001 00000001", // a block that is not there
                "80 c8 0001 00000001", // no sender info
                "81 ca 0001 00000001", // items without end
                "81 ca 0002 00000001 01 20 6162", // item cut off
                "81 ca 0002 00000001 01 02 6162", // end missing
                "82 cb 0001 00000001", // one of two
                "81 cb 0002 00000001 09 616263", // reason cut off
                "81 cd 0001 00000001", // no media SSRC
                "81 ce 0001 00000001",
                "84 ce 0003 00000001 00000002 00000003", // half a request
                "8f ce 0004 00000001 00000000 52454d42 02 000000", // SSRCs missing
                "a0 c9 0001 00000000", // padding of no length
                "a0 c9 0001 00000009", // padding longer than the packet
            })
    void parseCompound_broken_isMalformed(String hex) {
        assertThatThrownBy(() -> parse(hex))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("RTCP");
    }

    @Test
    void parseCompound_moreThan32Packets_isMalformed() throws Exception {
        assertThat(parse("80c9000100000001".repeat(32))).hasSize(32);
        assertThatThrownBy(() -> parse("80c9000100000001".repeat(33))).isInstanceOf(MalformedException.class);
    }

    @Test
    void parseCompound_outsideOfTheBuffer_isMalformed() {
        assertThatThrownBy(() -> RtcpPacket.parseCompound(new byte[4], 0, 5)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> RtcpPacket.parseCompound(new byte[4], -1, 4)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> RtcpPacket.parseCompound(new byte[4], 4, 0)).isInstanceOf(MalformedException.class);
    }

    @Test
    void parseCompound_cutAnywhere_givesWholePacketsOrMalformed() {
        byte[] bytes = Bytes.ofHex(COMPOUND).toArray();
        int whole = 0;
        for (int length = 1; length < bytes.length; length++) {
            try {
                RtcpPacket.parseCompound(Arrays.copyOf(bytes, length), 0, length);
                whole++;
            } catch (MalformedException e) {
                assertThat(e.reason()).startsWith("RTCP");
            }
        }
        assertThat(whole).isEqualTo(2); // behind the first and the second packet
    }

    @Test
    void parseCompound_anyBitFlipped_givesPacketsOrMalformed() {
        byte[] bytes = Bytes.ofHex(COMPOUND).toArray();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                assertThat(RtcpPacket.parseCompound(flipped, 0, flipped.length)).isNotEmpty();
            } catch (MalformedException e) {
                assertThat(e.reason()).startsWith("RTCP");
            }
        }
    }

    @Test
    void writer_reportDescriptionGoodbye_readsBack() throws Exception {
        byte[] array = new byte[500];
        RtcpWriter writer = new RtcpWriter(array, 10)
                .senderReport(
                        SENDER_REPORT.ssrc(),
                        SENDER_REPORT.ntpTime(),
                        SENDER_REPORT.rtpTimestamp(),
                        SENDER_REPORT.packets(),
                        SENDER_REPORT.octets(),
                        SENDER_REPORT.reports())
                .receiverReport(5, SENDER_REPORT.reports())
                .cname(5, "oriel")
                .bye(5)
                .pli(5, 6);

        assertThat(RtcpPacket.parseCompound(array, 10, writer.length()))
                .containsExactly(
                        SENDER_REPORT,
                        new ReceiverReport(5, SENDER_REPORT.reports()),
                        new SourceDescription(List.of(new SourceDescription.Source(5, "oriel"))),
                        new Bye(List.of(5), ""),
                        new Pli(5, 6));
        assertThat(Bytes.of(array, 10, 52)).isEqualTo(Bytes.ofHex(COMPOUND).slice(0, 52));
    }

    @Test
    void writer_cnamesOfAllLengths_endOnAWord() throws Exception {
        for (int length = 0; length <= 255; length++) {
            byte[] array = new byte[300];
            String name = "x".repeat(length);
            int written = new RtcpWriter(array, 0).cname(1, name).length();

            assertThat(written % 4).isZero();
            assertThat(RtcpPacket.parseCompound(array, 0, written))
                    .containsExactly(new SourceDescription(List.of(new SourceDescription.Source(1, name))));
        }
    }

    @Test
    void writer_cnameWithOddCharacters_staysPrintable() throws Exception {
        byte[] array = new byte[40];
        int written = new RtcpWriter(array, 0).cname(1, "a\nü").length();

        assertThat(RtcpPacket.parseCompound(array, 0, written))
                .containsExactly(new SourceDescription(List.of(new SourceDescription.Source(1, "a??"))));
    }

    @Test
    void writer_nackOverTheWrap_packsAndReadsBack() throws Exception {
        byte[] array = new byte[100];
        int[] lost = {0xFFF0, 0xFFF1, 0x10000, 0x10001, 0x10020, 0x10020, 99};
        int written = new RtcpWriter(array, 0).nack(1, 2, lost, 6).length();

        assertThat(written).isEqualTo(12 + 3 * 4);
        assertThat(RtcpPacket.parseCompound(array, 0, written))
                .containsExactly(new Nack(1, 2, List.of(0xFFF0, 0xFFF1, 0, 1, 0x20)));
    }

    @Test
    void writer_withoutRoom_writesNothing() {
        byte[] array = new byte[11];
        var writer = new RtcpWriter(array, 0);

        assertThatThrownBy(() -> writer.pli(1, 2)).isInstanceOf(IllegalStateException.class);
        assertThat(writer.length()).isZero();
        assertThat(array).containsOnly(0);
    }

    @Test
    void writer_tooMuchAsked_isRefused() {
        var writer = new RtcpWriter(new byte[2000], 0);
        var block = SENDER_REPORT.reports().getFirst();

        assertThatThrownBy(() -> writer.cname(1, "x".repeat(256))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.nack(1, 2, new int[1], 2)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.nack(1, 2, new int[1], 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> writer.receiverReport(1, Collections.nCopies(32, block)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new RtcpWriter(new byte[2], 3)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void roundTrip_ofRfc3550Figure2_is6125Millis() {
        // A=[10 Nov 1995 11:33:36.5] minus LSR minus DLSR.
        var report = new ReceptionReport(1, 0, 0, 0, 0, 0xb7052000L, 0x0005_4000L);
        var now = NtpTime.of(Instant.parse("1995-11-10T11:33:36.500Z"));

        assertThat(report.roundTrip(now)).contains(Duration.ofMillis(6125));
    }

    @Test
    void roundTrip_absurd_isNeverNegative() {
        var report = new ReceptionReport(1, 0, 0, 0, 0, 0xb7052000L, 0x00F5_4000L);

        assertThat(report.roundTrip(new NtpTime(0xb44db705_20000000L))).contains(Duration.ZERO);
        assertThat(new ReceptionReport(1, 0, 0, 0, 0, 0, 0).roundTrip(new NtpTime(1)))
                .isEmpty();
    }

    @Test
    void report_outOfRange_isRefused() {
        assertThatThrownBy(() -> new ReceptionReport(1, 256, 0, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReceptionReport(1, 0, 1 << 23, 0, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new ReceptionReport(1, 0, 0, -1, 0, 0, 0))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(ReceptionReport.clipLost(Long.MAX_VALUE)).isEqualTo(0x7F_FFFF);
        assertThat(ReceptionReport.clipLost(Long.MIN_VALUE)).isEqualTo(-0x80_0000);
    }
}
