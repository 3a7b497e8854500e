package oriel.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;

class RtpViewTest {
    /** Everything a header can hold, and four bytes of payload. */
    private static final String FULL = "b2 e0 fffe" // V=2 P X CC=2, M PT=96, sequence 65534
            + " fffffff0" // timestamp
            + " 89abcdef" // SSRC
            + " 00000001 00000002" // CSRCs
            + " bede 0002 1122334455667788" // extension of two words
            + " a1a2a3a4" // payload
            + " 000003"; // padding

    private final RtpView view = new RtpView();

    private void wrap(String hex) throws MalformedException {
        Bytes bytes = Bytes.ofHex(hex);
        view.wrap(ByteBuffer.wrap(bytes.toArray()), 0, bytes.length());
    }

    private String payload() {
        byte[] payload = new byte[view.payloadLength()];
        view.copyPayload(0, payload, 0, payload.length);
        return Bytes.of(payload).toHex();
    }

    @Test
    void wrap_everyField_isRead() throws Exception {
        wrap(FULL);

        assertThat(view.marker()).isTrue();
        assertThat(view.payloadType()).isEqualTo(96);
        assertThat(view.sequence()).isEqualTo(65_534);
        assertThat(view.timestamp()).isEqualTo(0xFFFF_FFF0L);
        assertThat(view.ssrc()).isEqualTo(0x89ABCDEF);
        assertThat(payload()).isEqualTo("a1a2a3a4");
        assertThat(view.payload(0)).isEqualTo(0xA1);
        assertThat(view.payload(3)).isEqualTo(0xA4);
    }

    @Test
    void wrap_plainHeader_isRead() throws Exception {
        wrap("80 08 0001 00000002 00000003");

        assertThat(view.marker()).isFalse();
        assertThat(view.payloadType()).isEqualTo(8);
        assertThat(view.payloadLength()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "a0 60 0001 00000000 00000000 aabb 02, aa",
        "a0 60 0001 00000000 00000000 aa 0002, aa",
        "a0 60 0001 00000000 00000000 01, ''",
        "90 60 0001 00000000 00000000 bede0000 aa, aa",
        "81 60 0001 00000000 00000000 00000009 aa, aa",
    })
    void wrap_paddingExtensionAndCsrc_areNotPayload(String packet, String payload) throws Exception {
        wrap(packet);

        assertThat(payload()).isEqualTo(payload);
    }

    @Test
    void wrap_insideALargerBuffer_readsItsPart() throws Exception {
        Bytes bytes = Bytes.ofHex("ffffffff" + FULL + "ffff");
        ByteBuffer direct = ByteBuffer.allocateDirect(bytes.length()).put(bytes.toArray());
        direct.position(7).limit(bytes.length());
        view.wrap(direct, 4, bytes.length() - 6);

        assertThat(payload()).isEqualTo("a1a2a3a4");
        assertThat(direct.position()).isEqualTo(7);
    }

    @Test
    void wrap_littleEndianBuffer_readsTheSame() throws Exception {
        byte[] bytes = Bytes.ofHex(FULL).toArray();
        view.wrap(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN), 0, bytes.length);

        assertThat(view.sequence()).isEqualTo(65_534);
        assertThat(view.timestamp()).isEqualTo(0xFFFF_FFF0L);
        assertThat(view.ssrc()).isEqualTo(0x89ABCDEF);
        assertThat(payload()).isEqualTo("a1a2a3a4");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80 60 0001 00000000 000000", // a byte short
                "00 60 0001 00000000 00000000", // version 0
                "40 60 0001 00000000 00000000",
                "c0 60 0001 00000000 00000000",
                "81 60 0001 00000000 00000000", // CSRC missing
                "8f 60 0001 00000000 00000000 00000000",
                "90 60 0001 00000000 00000000", // extension missing
                "90 60 0001 00000000 00000000 bede00", // its header cut
                "90 60 0001 00000000 00000000 bede0001", // its words missing
                "90 60 0001 00000000 00000000 bedeffff 00",
                "a0 60 0001 00000000 00000000", // padding in the header
                "a0 60 0001 00000000 00000000 00", // padding of no length
                "a0 60 0001 00000000 00000000 aa03", // longer than there is
            })
    void wrap_broken_isMalformed(String packet) {
        assertThatThrownBy(() -> wrap(packet))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("RTP");
    }

    // CVE-2025-49140: pion died of a padding that was longer than the packet.
    @Test
    void wrap_paddingOfAnyLength_cve2025n49140_isPayloadOrMalformed() throws Exception {
        for (int rest = 0; rest <= 300; rest++) {
            for (int padding = 0; padding <= 255; padding++) {
                byte[] packet = new byte[12 + rest];
                packet[0] = (byte) 0xA0;
                packet[packet.length - 1] = (byte) padding;
                ByteBuffer buffer = ByteBuffer.wrap(packet);
                if (padding >= 1 && padding <= rest) {
                    view.wrap(buffer, 0, packet.length);
                    assertThat(view.payloadLength()).isEqualTo(rest - padding);
                } else {
                    assertThatThrownBy(() -> view.wrap(buffer, 0, packet.length))
                            .isInstanceOf(MalformedException.class);
                }
            }
        }
    }

    @Test
    void wrap_outsideOfTheBuffer_isMalformed() {
        ByteBuffer buffer = ByteBuffer.wrap(Bytes.ofHex(FULL).toArray());

        assertThatThrownBy(() -> view.wrap(buffer, -1, 20)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> view.wrap(buffer, 30, 20)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> view.wrap(buffer, 0, Integer.MAX_VALUE)).isInstanceOf(MalformedException.class);
        assertThatThrownBy(() -> view.wrap(buffer, Integer.MAX_VALUE, 12)).isInstanceOf(MalformedException.class);
    }

    @Test
    void wrap_cutAnywhere_isMalformedOrStaysInside() {
        byte[] bytes = Bytes.ofHex(FULL).toArray();
        for (int length = 0; length < bytes.length; length++) {
            attempt(Arrays.copyOf(bytes, length));
        }
    }

    @Test
    void wrap_anyBitFlipped_isMalformedOrStaysInside() {
        byte[] bytes = Bytes.ofHex(FULL).toArray();
        for (int bit = 0; bit < bytes.length * 8; bit++) {
            byte[] flipped = bytes.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            attempt(flipped);
        }
    }

    private void attempt(byte[] packet) {
        try {
            view.wrap(ByteBuffer.wrap(packet), 0, packet.length);
            assertThat(payload()).hasSizeLessThanOrEqualTo(2 * (packet.length - 12));
        } catch (MalformedException e) {
            assertThat(e.reason()).startsWith("RTP");
        }
    }
}
