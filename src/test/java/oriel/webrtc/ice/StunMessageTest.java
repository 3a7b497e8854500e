package oriel.webrtc.ice;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static oriel.webrtc.ice.StunVectors.at;
import static oriel.webrtc.ice.StunVectors.hex;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import oriel.base.MalformedException;
import oriel.base.Secret;

class StunMessageTest {
    private static final List<byte[]> VECTORS = List.of(
            StunVectors.REQUEST, StunVectors.RESPONSE_IPV4, StunVectors.RESPONSE_IPV6, StunVectors.REQUEST_LONG_TERM);

    private final StunIntegrity integrity = new StunIntegrity(StunVectors.PASSWORD);

    @Test
    void parse_rfc5769Request_givesItsAttributes() throws Exception {
        StunMessage message = parse(StunVectors.REQUEST);

        assertThat(message.messageClass()).isEqualTo(StunClass.REQUEST);
        assertThat(message.isBinding()).isTrue();
        assertThat(message.transaction()).isEqualTo(StunVectors.TRANSACTION);
        assertThat(message.username()).contains("evtj:h6vY");
        assertThat(message.priority()).hasValue(0x6e0001ffL);
        assertThat(message.iceControlled()).hasValue(0x932ff9b151263b36L);
        assertThat(message.iceControlling()).isEmpty();
        assertThat(message.useCandidate()).isFalse();
        assertThat(message.unknownRequired()).isEmpty();
        assertThat(message.isFingerprintRight()).isTrue();
        assertThat(integrity.verifies(message)).isTrue();
    }

    @Test
    void parse_rfc5769Responses_giveTheirAddress() throws Exception {
        StunMessage ipv4 = parse(StunVectors.RESPONSE_IPV4);
        assertThat(ipv4.messageClass()).isEqualTo(StunClass.SUCCESS);
        assertThat(ipv4.mappedAddress()).contains(at("192.0.2.1", 32853));
        assertThat(ipv4.isFingerprintRight()).isTrue();
        assertThat(integrity.verifies(ipv4)).isTrue();

        StunMessage ipv6 = parse(StunVectors.RESPONSE_IPV6);
        assertThat(ipv6.mappedAddress()).contains(at("2001:db8:1234:5678:11:2233:4455:6677", 32853));
        assertThat(ipv6.isFingerprintRight()).isTrue();
        assertThat(integrity.verifies(ipv6)).isTrue();
    }

    @Test
    void verifies_rfc5769LongTerm_isGenuine() throws Exception {
        byte[] key = MessageDigest.getInstance("MD5")
                .digest("マトリックス:example.org:TheMatrIX".getBytes(StandardCharsets.UTF_8));
        StunMessage message = parse(StunVectors.REQUEST_LONG_TERM);

        assertThat(message.username()).contains("マトリックス");
        assertThat(message.hasFingerprint()).isFalse();
        assertThat(message.isFingerprintRight()).isFalse();
        assertThat(new StunIntegrity(key).verifies(message)).isTrue();
        assertThat(integrity.verifies(message)).isFalse();
    }

    @Test
    void verifies_sameMacManyTimes_givesTheSame() throws Exception {
        StunIntegrity other = new StunIntegrity(Secret.of("VOkJxbRl1RmTxUk/WvJxBu"));
        for (int i = 0; i < 3; i++) {
            assertThat(integrity.verifies(parse(StunVectors.REQUEST))).isTrue();
            assertThat(integrity.verifies(parse(StunVectors.RESPONSE_IPV6))).isTrue();
            assertThat(other.verifies(parse(StunVectors.REQUEST))).isFalse();
        }
    }

    // Bytes computed apart from this code, with Python's hmac and zlib.
    @Test
    void build_checks_giveTheBytesOfTheStandard() {
        assertThat(new StunBuilder(StunClass.REQUEST, StunVectors.TRANSACTION)
                        .username("evtj:h6vY")
                        .priority(0x6e0001ffL)
                        .role(IceRole.CONTROLLED, 0x932ff9b151263b36L)
                        .build(integrity))
                .isEqualTo(hex("000100442112a442b7e7a701bc34d686fa87dfae000600096576746a3a68367659000000"
                        + "002400046e0001ff80290008932ff9b151263b36"
                        + "000800147a4fd381024dda8ce796b852d31b217ef9bea49180280004e4d47651"));
        assertThat(new StunBuilder(StunClass.REQUEST, StunVectors.TRANSACTION)
                        .username("evtj:h6vY")
                        .priority(0x6e0001ffL)
                        .role(IceRole.CONTROLLING, 0x932ff9b151263b36L)
                        .useCandidate()
                        .build(integrity))
                .isEqualTo(hex("000100482112a442b7e7a701bc34d686fa87dfae000600096576746a3a68367659000000"
                        + "002400046e0001ff802a0008932ff9b151263b3600250000"
                        + "000800149722b22f7aced8809ee6b97a2d6327ec2882d509802800041d7c6f47"));
    }

    @Test
    void build_errors_giveTheBytesOfTheStandard() {
        assertThat(new StunBuilder(StunClass.ERROR, StunVectors.TRANSACTION)
                        .errorCode(487, "Role Conflict")
                        .build(integrity))
                .isEqualTo(hex("011100382112a442b7e7a701bc34d686fa87dfae"
                        + "0009001100000457526f6c6520436f6e666c696374000000"
                        + "00080014311281211954e91b36277b009303cc0fb479f99580280004b6d2d64f"));
        assertThat(new StunBuilder(StunClass.ERROR, StunVectors.TRANSACTION)
                        .errorCode(420, "Unknown Attribute")
                        .unknownAttributes(new int[] {0x0033, 0x7fff})
                        .build(integrity))
                .isEqualTo(hex("011100442112a442b7e7a701bc34d686fa87dfae"
                        + "0009001500000414556e6b6e6f776e20417474726962757465000000000a000400337fff"
                        + "000800146e92ca2af8f75614b48fef461469f0b3aae6132680280004ba920501"));
    }

    @Test
    void build_everyAttribute_isReadBack() throws Exception {
        StunMessage error = parse(new StunBuilder(StunClass.ERROR, StunVectors.TRANSACTION)
                .errorCode(487, "Role Conflict")
                .build(integrity));
        assertThat(error.messageClass()).isEqualTo(StunClass.ERROR);
        assertThat(error.errorCode()).hasValue(487);

        for (String literal : List.of("192.0.2.1", "2001:db8::7", "0.0.0.0")) {
            byte[] bytes = new StunBuilder(StunClass.SUCCESS, StunVectors.TRANSACTION)
                    .xorMappedAddress(at(literal, 65535))
                    .build(integrity);
            StunMessage answer = parse(bytes);
            assertThat(answer.mappedAddress()).contains(at(literal, 65535));
            assertThat(answer.isFingerprintRight()).isTrue();
            assertThat(integrity.verifies(answer)).isTrue();
        }
    }

    @Test
    void parse_mappedAddressOfAnOldServer_isRead() throws Exception {
        assertThat(parse(hex("0101000c 2112a442 b7e7a701bc34d686fa87dfae 00010008 0001 8055 c0000201"))
                        .mappedAddress())
                .contains(at("192.0.2.1", 32853));
    }

    @Test
    void parse_unknownAttributes_listsThoseToBeUnderstood() throws Exception {
        StunMessage message =
                parse(hex("00010010 2112a442 b7e7a701bc34d686fa87dfae 00330001 ff000000 c0570000 7fff0000"));

        assertThat(message.unknownRequired()).containsExactly(0x0033, 0x7fff);
    }

    @Test
    void parse_attributeBehindIntegrity_isNotBelieved() throws Exception {
        byte[] genuine = new StunBuilder(StunClass.REQUEST, StunVectors.TRANSACTION)
                .username("evtj:h6vY")
                .build(integrity);
        // FINGERPRINT's place is taken by USE-CANDIDATE and an attribute that nobody knows.
        byte[] forged = Arrays.copyOf(genuine, genuine.length);
        System.arraycopy(hex("00250000 00330000"), 0, forged, forged.length - 8, 8);
        StunMessage message = parse(forged);

        assertThat(integrity.verifies(message)).isTrue();
        assertThat(message.useCandidate()).isFalse();
        assertThat(message.unknownRequired()).isEmpty();
    }

    @Test
    void parse_attributeTwice_countsTheFirst() throws Exception {
        StunMessage message =
                parse(hex("00010010 2112a442 b7e7a701bc34d686fa87dfae 00240004 00000001 00240004 00000002"));

        assertThat(message.priority()).hasValue(1);
    }

    @Test
    void parse_cutAtEveryLength_isMalformed() {
        for (byte[] vector : VECTORS) {
            for (int length = 0; length < vector.length; length++) {
                byte[] cut = Arrays.copyOf(vector, length);
                assertThatThrownBy(() -> parse(cut)).as("%d bytes", length).isInstanceOf(MalformedException.class);
            }
        }
    }

    @Test
    void parse_cutAndLengthMended_isAValueOrMalformed() {
        for (byte[] vector : VECTORS) {
            for (int length = 20; length < vector.length; length++) {
                byte[] cut = Arrays.copyOf(vector, length);
                StunBytes.writeShort(cut, 2, length - 20);
                readAll(cut);
            }
        }
    }

    @Test
    void parse_bitFlippedAnywhere_isAValueOrMalformedAndNeverGenuine() {
        for (byte[] vector : VECTORS) {
            for (int bit = 0; bit < vector.length * 8; bit++) {
                byte[] bent = vector.clone();
                bent[bit / 8] ^= (byte) (1 << bit % 8);
                readAll(bent);
                assertThat(isWhole(bent)).as("bit %d", bit).isFalse();
            }
        }
    }

    @Test
    void parse_wrongSizesAndOrder_isMalformed() {
        String head = " 2112a442 b7e7a701bc34d686fa87dfae ";
        for (String text : List.of(
                "00010004 2112a443 b7e7a701bc34d686fa87dfae 00250000", // another cookie
                "40010004" + head + "00250000", // first bits not 00
                "00010005" + head + "00250000 00", // length not of fours
                "00010008" + head + "00250001 00000000", // USE-CANDIDATE with a value
                "00010008" + head + "00240002 00000000", // PRIORITY of 2
                "0001000c" + head + "802a0004 00000000 00000000", // ICE-CONTROLLING of 4, then rubbish
                "00010008" + head + "00060005 61616161", // USERNAME beyond the end
                "0101000c" + head + "00200008 00038055 c0000201", // a third family
                "0101000c" + head + "00200008 00028055 c0000201", // IPv6 of 4 bytes
                "01010008" + head + "00200001 00000000", // an address of 1 byte
                "01110004" + head + "00090000", // ERROR-CODE without a code
                "00010008" + head + "00080004 00000000", // MESSAGE-INTEGRITY of 4
                "0001000c" + head + "80280004 00000000 00250000")) { // behind FINGERPRINT
            byte[] bytes = hex(text);
            assertThatThrownBy(() -> parse(bytes)).as(text).isInstanceOf(MalformedException.class);
        }
        assertThatThrownBy(() -> parse(new byte[StunMessage.MAX_BYTES + 4]))
                .isInstanceOf(MalformedException.class)
                .hasMessageContaining("longer");
    }

    @Test
    void parse_buffers_giveTheSame() throws Exception {
        ByteBuffer heap = ByteBuffer.allocate(300);
        heap.position(50).put(StunVectors.REQUEST).flip().position(50);
        assertThat(integrity.verifies(StunMessage.parse(heap))).isTrue();
        assertThat(heap.position()).isEqualTo(50);

        ByteBuffer direct = ByteBuffer.allocateDirect(300);
        direct.position(50).put(StunVectors.REQUEST).flip().position(50);
        assertThat(integrity.verifies(StunMessage.parse(direct))).isTrue();
        assertThat(direct.position()).isEqualTo(50);
        direct.limit(300);
        assertThatThrownBy(() -> StunMessage.parse(direct)).isInstanceOf(MalformedException.class);
    }

    @Test
    void localUfragOf_request_isBeforeTheColon() {
        assertThat(StunMessage.localUfragOf(StunVectors.REQUEST, 0, StunVectors.REQUEST.length))
                .isEqualTo("evtj");
        ByteBuffer direct = ByteBuffer.allocateDirect(300);
        direct.position(9).put(StunVectors.REQUEST).flip().position(9);
        assertThat(StunMessage.localUfragOf(direct)).isEqualTo("evtj");
        assertThat(StunMessage.localUfragOf(ByteBuffer.wrap(StunVectors.REQUEST)))
                .isEqualTo("evtj");
    }

    @Test
    void localUfragOf_anythingElse_isEmpty() {
        assertThat(ufragOf(StunVectors.RESPONSE_IPV4)).isEmpty();
        assertThat(ufragOf(StunVectors.REQUEST_LONG_TERM)).as("no ice-chars").isEmpty();
        for (int length = 0; length < 73; length++) {
            assertThat(ufragOf(Arrays.copyOf(StunVectors.REQUEST, length)))
                    .as("%d bytes", length)
                    .isEmpty();
        }
        for (int bit = 0; bit < StunVectors.REQUEST.length * 8; bit++) {
            byte[] bent = StunVectors.REQUEST.clone();
            bent[bit / 8] ^= (byte) (1 << bit % 8);
            assertThat(ufragOf(bent)).hasSizeLessThan(12);
        }
        byte[] endless = new StunBuilder(StunClass.REQUEST, StunVectors.TRANSACTION)
                .username("a".repeat(500) + ":b")
                .build();
        assertThat(ufragOf(endless)).isEmpty();
    }

    @Test
    void isStun_firstByte_isZeroToThree() {
        assertThat(StunMessage.isStun(0)).isTrue();
        assertThat(StunMessage.isStun(3)).isTrue();
        assertThat(StunMessage.isStun(4)).isFalse();
        assertThat(StunMessage.isStun(22)).as("DTLS").isFalse();
        assertThat(StunMessage.isStun((byte) 0x80)).as("RTP").isFalse();
    }

    @Test
    void build_tooMuch_isRefused() {
        assertThatThrownBy(() -> new StunBuilder(StunClass.REQUEST, StunVectors.TRANSACTION).username("a".repeat(514)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new StunBuilder(StunClass.ERROR, StunVectors.TRANSACTION).errorCode(200, ""))
                .isInstanceOf(IllegalArgumentException.class);
    }

    static void readAll(byte[] bytes) {
        try {
            StunMessage message = parse(bytes);
            message.messageClass();
            message.transaction();
            message.username();
            message.priority();
            message.useCandidate();
            message.iceControlled();
            message.iceControlling();
            message.mappedAddress();
            message.errorCode();
            message.unknownRequired();
            message.isFingerprintRight();
            new StunIntegrity(StunVectors.PASSWORD).verifies(message);
        } catch (MalformedException e) {
            assertThat(e.reason()).isNotEmpty();
        }
    }

    private boolean isWhole(byte[] bytes) {
        try {
            StunMessage message = parse(bytes);
            return message.isFingerprintRight() && integrity.verifies(message);
        } catch (MalformedException e) {
            return false;
        }
    }

    private static String ufragOf(byte[] bytes) {
        return StunMessage.localUfragOf(bytes, 0, bytes.length);
    }

    private static StunMessage parse(byte[] bytes) throws MalformedException {
        return StunMessage.parse(bytes, 0, bytes.length);
    }
}
