package oriel.webrtc.dtls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static oriel.webrtc.dtls.DtlsBytes.fragment;
import static oriel.webrtc.dtls.DtlsBytes.handshake;
import static oriel.webrtc.dtls.DtlsBytes.joined;
import static oriel.webrtc.dtls.DtlsBytes.record;

import java.util.Arrays;
import org.junit.jupiter.api.Test;
import oriel.base.MalformedException;

class DtlsGuardTest {
    private final DtlsGuard guard = DtlsGuard.againstClient();

    private void assertEnds(byte[] datagram, String reason) {
        assertThatThrownBy(() -> guard.admits(datagram))
                .isInstanceOf(MalformedException.class)
                .hasMessage(reason);
    }

    @Test
    void admits_helloInTwoDatagrams_passes() throws Exception {
        assertThat(guard.admits(handshake(1388, 0, 0, 1175))).isTrue();
        assertThat(guard.admits(handshake(1388, 0, 1175, 213))).isTrue();
    }

    @Test
    void admits_flightOfSeveralMessagesInOneDatagram_passes() throws Exception {
        byte[] flight = joined(
                record(22, 0, 1, fragment(11, 300, 1, 0, 300)),
                record(22, 0, 2, joined(fragment(16, 33, 2, 0, 33), fragment(15, 76, 3, 0, 76))),
                record(20, 0, 3, new byte[] {1}),
                record(22, 1, 0, new byte[48]));
        assertThat(guard.admits(flight)).isTrue();
    }

    @Test
    void admits_smallFragmentThatFillsUpADatagram_passes() throws Exception {
        byte[] datagram =
                joined(record(22, 0, 1, fragment(11, 300, 1, 0, 300)), record(22, 0, 2, fragment(16, 260, 2, 0, 20)));
        assertThat(guard.admits(datagram)).isTrue();
        assertThat(guard.admits(record(22, 0, 3, fragment(16, 260, 2, 20, 240))))
                .isTrue();
    }

    @Test
    void admits_sixteenMebibytesDeclared_ends() {
        assertEnds(handshake(0xFFFFFF, 0, 0, 100), "DTLS handshake message longer than 16384 bytes");
    }

    @Test
    void admits_messageOfJustTheBound_passes() throws Exception {
        assertThat(guard.admits(handshake(DtlsGuard.MAX_MESSAGE_BYTES, 0, 0, 1100)))
                .isTrue();
        assertEnds(
                handshake(DtlsGuard.MAX_MESSAGE_BYTES + 1, 1, 0, 1100),
                "DTLS handshake message longer than 16384 bytes");
    }

    @Test
    void admits_singleBytes_ends() {
        assertEnds(handshake(1000, 0, 0, 1), "DTLS fragment of under 64 bytes");
    }

    @Test
    void admits_singleBytesInOneRecord_ends() {
        byte[] many = joined(fragment(1, 1000, 0, 0, 1), fragment(1, 1000, 0, 2, 1), fragment(1, 1000, 0, 4, 1));
        assertEnds(record(22, 0, 0, many), "DTLS fragment of under 64 bytes");
    }

    @Test
    void admits_emptyFragmentOfAMessageThatIsNot_ends() {
        assertEnds(handshake(1000, 0, 1000, 0), "DTLS fragment of under 64 bytes");
    }

    @Test
    void admits_emptyMessageOfServer_passes() throws Exception {
        assertThat(DtlsGuard.againstServer().admits(record(22, 0, 4, fragment(14, 0, 4, 0, 0))))
                .isTrue();
    }

    @Test
    void admits_moreFragmentsThanAMessageMayHave_ends() throws Exception {
        for (int i = 0; i < DtlsGuard.MAX_FRAGMENTS; i++) {
            assertThat(guard.admits(handshake(16_000, 0, 128 * i, 64))).isTrue();
        }
        assertEnds(handshake(16_000, 0, 8192, 64), "DTLS handshake message of more than 32 fragments");
    }

    @Test
    void admits_moreDatagramsThanAHandshakeMayHave_ends() throws Exception {
        byte[] noDtls = {1, 2, 3};
        for (int i = 0; i < DtlsGuard.MAX_DATAGRAMS; i++) {
            assertThat(guard.admits(noDtls)).isFalse();
        }
        assertEnds(handshake(100, 0, 0, 100), "DTLS handshake of more than 64 datagrams");
    }

    @Test
    void admits_fragmentBeyondItsMessage_ends() {
        assertEnds(handshake(100, 0, 50, 51), "DTLS fragment beyond its message");
    }

    @Test
    void admits_messageThatChangesItsLength_ends() throws Exception {
        assertThat(guard.admits(handshake(1000, 0, 0, 100))).isTrue();
        assertEnds(handshake(2000, 0, 100, 100), "DTLS handshake message that changes its length");
    }

    @Test
    void admits_messageOfTheOtherSide_ends() {
        assertEnds(record(22, 0, 0, fragment(2, 100, 0, 0, 100)), "DTLS handshake message of type 2 from this side");
    }

    @Test
    void admits_messageFarAhead_ends() {
        assertEnds(handshake(100, 16, 0, 100), "DTLS handshake of more than 16 messages");
    }

    @Test
    void admits_noDtls_isDropped() throws Exception {
        byte[] good = handshake(100, 0, 0, 100);
        assertThat(guard.admits(new byte[0])).isFalse();
        assertThat(guard.admits(new byte[12])).isFalse();
        assertThat(guard.admits(record(23, 0, 0, new byte[50])))
                .as("plain application data")
                .isFalse();
        assertThat(guard.admits(record(24, 0, 0, new byte[50]))).as("heartbeat").isFalse();
        assertThat(guard.admits(record(25, 1, 0, new byte[50])))
                .as("connection id")
                .isFalse();
        assertThat(guard.admits(record(22, 2, 0, new byte[50]))).as("epoch 2").isFalse();
        assertThat(guard.admits(record(22, 0, 0, new byte[0])))
                .as("empty record")
                .isFalse();
        assertThat(guard.admits(record(20, 0, 0, new byte[] {2}))).isFalse();
        assertThat(guard.admits(joined(good, new byte[] {22, 1})))
                .as("rest of a record")
                .isFalse();
        byte[] otherVersion = good.clone();
        otherVersion[2] = 1;
        assertThat(guard.admits(otherVersion)).isFalse();
    }

    @Test
    void admits_datagramCutAnywhere_isDropped() throws Exception {
        byte[] datagram = handshake(20, 0, 0, 20);
        for (int length = 0; length < datagram.length; length++) {
            DtlsGuard fresh = DtlsGuard.againstClient();
            assertThat(fresh.admits(Arrays.copyOf(datagram, length))).isFalse();
        }
    }

    @Test
    void admits_anyBitFlipped_passesDropsOrEnds() {
        byte[] datagram = joined(handshake(300, 0, 0, 100), record(20, 0, 3, new byte[] {1}));
        for (int bit = 0; bit < datagram.length * 8; bit++) {
            byte[] flipped = datagram.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            try {
                DtlsGuard.againstClient().admits(flipped);
            } catch (MalformedException e) {
                assertThat(e.reason()).startsWith("DTLS ");
            }
        }
    }

    @Test
    void admits_afterConnected_dropsInsteadOfEnding() throws Exception {
        guard.connected();
        assertThat(guard.admits(handshake(0xFFFFFF, 0, 0, 100))).isFalse();
        assertThat(guard.admits(record(21, 0, 0, new byte[] {2, 40})))
                .as("plain alert")
                .isFalse();
        assertThat(guard.admits(record(23, 0, 0, new byte[50])))
                .as("plain application data")
                .isFalse();
        assertThat(guard.admits(record(23, 1, 0, new byte[50]))).as("encrypted").isTrue();
    }

    @Test
    void admits_lastFlightRepeated_passesUpToTheBound() throws Exception {
        byte[] flight = joined(record(22, 0, 1, fragment(11, 300, 1, 0, 300)), record(22, 1, 0, new byte[48]));
        assertThat(guard.admits(flight)).isTrue();
        guard.connected();
        for (int i = 1; i < DtlsGuard.MAX_FRAGMENTS; i++) {
            assertThat(guard.admits(flight)).isTrue();
        }
        assertThat(guard.admits(flight)).isFalse();
    }

    @Test
    void admits_encryptedAfterConnected_isWithoutBound() throws Exception {
        guard.connected();
        for (int i = 0; i < 1000; i++) {
            assertThat(guard.admits(record(23, 1, i, new byte[50]))).isTrue();
        }
    }
}
