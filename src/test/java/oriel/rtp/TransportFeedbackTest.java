package oriel.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.testing.Mangled;
import oriel.testing.viewer.TransportFeedbackWriter;

/** Transport feedback by draft-holmer-rmcat-transport-wide-cc-extensions-01, 3.1. */
class TransportFeedbackTest {
    /** A run, a vector of one bit and one of two, small, large and negative steps. */
    static final String MIXED = "8f cd 0008 00000001 00000002" // V=2 FMT=15 RTPFB, sender, media
            + " fffe 0016" // 22 packets from 65534
            + " fffffe 07" // reference -2, feedback 7
            + " 2003" // run: small step, 3 times
            + " a800" // 14 of one bit: came, not, came, 11 times not
            + " d900" // of two bits: small, large, small, not, not; the last two count no more
            + " 01 02 03 ff 04 05 fff0 06 00"; // the steps, padding

    private static RtcpPacket.TransportFeedback parse(byte[] bytes) throws MalformedException {
        List<RtcpPacket> packets = RtcpPacket.parseCompound(bytes, 0, bytes.length);
        assertThat(packets).hasSize(1);
        return (RtcpPacket.TransportFeedback) packets.getFirst();
    }

    @Test
    void runAndVector_giveWhoCameAndWhen() throws Exception {
        RtcpPacket.TransportFeedback feedback = parse(Bytes.ofHex(MIXED).toArray());
        TransportArrivals arrivals = feedback.arrivals();
        assertThat(feedback.senderSsrc()).isEqualTo(1);
        assertThat(feedback.mediaSsrc()).isEqualTo(2);
        assertThat(feedback.feedbackCount()).isEqualTo(7);
        assertThat(arrivals.base()).isEqualTo(65_534);
        assertThat(arrivals.reference()).isEqualTo(-2);
        assertThat(arrivals.count()).isEqualTo(22);
        List<Integer> came =
                IntStream.range(0, 22).filter(arrivals::came).boxed().toList();
        assertThat(came).containsExactly(0, 1, 2, 3, 5, 17, 18, 19);
        assertThat(came.stream().map(arrivals::micros))
                .containsExactly(250L, 750L, 1500L, 65_250L, 66_250L, 67_500L, 63_500L, 65_000L);
    }

    @Test
    void largeStep_mayGoBack() throws Exception {
        String back = "8f cd 0006 00000001 00000002 0001 0002 000001 00 4002 0010 fff8 0000";
        TransportArrivals arrivals = parse(Bytes.ofHex(back).toArray()).arrivals();
        assertThat(arrivals.micros(0)).isEqualTo(16 * 250);
        assertThat(arrivals.micros(1)).isEqualTo(8 * 250);
    }

    @Test
    void aLongRunOfLostOnes_isRead_andOneBeyondTheBoundRefused() throws Exception {
        String lost = "8f cd 0005 00000001 00000002 0000 2000 000000 00 1fff 1fff";
        TransportArrivals arrivals = parse(Bytes.ofHex(lost).toArray()).arrivals();
        assertThat(arrivals.count()).isEqualTo(RtcpPacket.MAX_ARRIVALS);
        assertThat(arrivals.came(8191)).isFalse();
        String more = lost.replace("0000 2000 000000", "0000 2001 000000");
        assertThatThrownBy(() -> parse(Bytes.ofHex(more).toArray())).isInstanceOf(MalformedException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "8f cd 0003 00000001 00000002 00000001", // no count of feedback
                "8f cd 0004 00000001 00000002 0000 0001 000000 00", // no chunk
                "8f cd 0005 00000001 00000002 0000 0001 000000 00 0000 0000", // a run of none
                "8f cd 0005 00000001 00000002 0000 0003 000000 00 2003 0101", // a time is missing
                "8f cd 0005 00000001 00000002 0000 0002 000000 00 4002 0101", // half a time is missing
            })
    void broken_isMalformed(String hex) {
        assertThatThrownBy(() -> parse(Bytes.ofHex(hex).toArray()))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("transport feedback");
    }

    @Test
    void roundTrip_ofRandomArrivals() throws Exception {
        Random random = new Random(5);
        for (int round = 0; round < 200; round++) {
            long[] micros = new long[1 + random.nextInt(300)];
            long time = 64_000L * (random.nextInt(1 << 24) - (1 << 23)) + random.nextInt(64_000);
            for (int i = 0; i < micros.length; i++) {
                time += random.nextInt(10) == 0 ? random.nextInt(-3_000_000, 3_000_000) : random.nextInt(60_000);
                micros[i] = random.nextInt(5) == 0 ? TransportFeedbackWriter.LOST : time;
            }
            int base = random.nextInt(1 << 16);
            TransportArrivals arrivals = parse(TransportFeedbackWriter.packet(1, 2, base, round, micros))
                    .arrivals();
            assertThat(arrivals.base()).isEqualTo(base);
            assertThat(arrivals.count()).isEqualTo(micros.length);
            for (int i = 0; i < micros.length; i++) {
                assertThat(arrivals.came(i)).isEqualTo(micros[i] != TransportFeedbackWriter.LOST);
                if (arrivals.came(i)) {
                    long at = arrivals.reference() * (long) TransportArrivals.REFERENCE_MICROS + arrivals.micros(i);
                    assertThat(at).isEqualTo(Math.floorDiv(micros[i], 250L) * 250);
                }
            }
        }
    }

    @Test
    void cutAnywhere_orAnyBitFlipped_givesPacketsOrMalformed() {
        byte[] good = Bytes.ofHex(MIXED).toArray();
        Mangled.truncations(good).forEach(TransportFeedbackTest::parsesOrRefuses);
        Mangled.bitFlips(good).forEach(TransportFeedbackTest::parsesOrRefuses);
    }

    private static void parsesOrRefuses(byte[] bytes) {
        try {
            assertThat(RtcpPacket.parseCompound(bytes, 0, bytes.length)).isNotEmpty();
        } catch (MalformedException e) {
            assertThat(e.reason()).isNotBlank();
        }
    }
}
