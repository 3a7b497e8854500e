package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.rtp.RtpBytes;
import oriel.rtp.RtpPacket;
import oriel.testing.Mangled;

/** Cameras fill 1500 bytes; our packets are shorter. */
class PayloadPartingTest {
    private final Random random = new Random(7);

    private static List<RtpPacket> normalize(Codec codec, byte[] payload) throws MalformedException {
        List<RtpPacket> packets = new ArrayList<>();
        Normalizers.of(codec).accept(RtpBytes.view(true, 1, 0, payload), 0, packets::add);
        return packets;
    }

    private static List<byte[]> payloads(List<RtpPacket> packets) {
        return packets.stream()
                .map(packet -> Arrays.copyOfRange(
                        packet.array(), RtpPacket.HEADER_BYTES, RtpPacket.HEADER_BYTES + packet.payloadLength()))
                .toList();
    }

    private byte[] longer(String head, int length) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        byte[] start = Bytes.ofHex(head).toArray();
        System.arraycopy(start, 0, bytes, 0, start.length);
        return bytes;
    }

    private static byte[] joined(List<byte[]> parts, int firstHead, int head) {
        byte[] all = new byte[0];
        for (int i = 0; i < parts.size(); i++) {
            int skip = i == 0 ? firstHead : head;
            byte[] part = parts.get(i);
            int before = all.length;
            all = Arrays.copyOf(all, before + part.length - skip);
            System.arraycopy(part, skip, all, before, part.length - skip);
        }
        return all;
    }

    private static void assertLine(List<RtpPacket> packets, boolean key) {
        for (int i = 0; i < packets.size(); i++) {
            assertThat(packets.get(i).length()).isLessThanOrEqualTo(RtpPacket.MAX_BYTES);
            assertThat(packets.get(i).marker()).isEqualTo(i == packets.size() - 1);
            assertThat(packets.get(i).keyStart()).isEqualTo(key && i == 0);
            assertThat(packets.get(i).sequence()).isEqualTo(i);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "10 50, 1, true",
        "11 50, 1, false",
        "00 51, 1, false",
        "90 80 05 50, 3, true",
        "90 e0 8005 11 40 50, 6, true",
        "90 f0 8005 11 40 51, 6, false",
    })
    void vp8_long_keepsItsDescriptor_butTheStart(String head, int descriptor, boolean key) throws Exception {
        byte[] payload = longer(head, 1400);
        List<RtpPacket> packets = normalize(new Codec.Vp8(), payload);
        List<byte[]> parts = payloads(packets);
        assertLine(packets, key);
        assertThat(parts).hasSize(2);
        assertThat(parts.getFirst()[0]).isEqualTo(payload[0]);
        assertThat(parts.getLast()[0]).isEqualTo((byte) (payload[0] & ~0x10));
        assertThat(Arrays.copyOfRange(parts.getLast(), 1, descriptor))
                .isEqualTo(Arrays.copyOfRange(payload, 1, descriptor));
        assertThat(joined(parts, descriptor, descriptor))
                .isEqualTo(Arrays.copyOfRange(payload, descriptor, payload.length));
    }

    @ParameterizedTest
    @CsvSource({
        "0c 82, 1, 1, 08, 04, true", // B and E
        "88 05, 2, 2, 88, 80, true", // picture id of 7 bits
        "ec 8005 00 11 82, 5, 5, e8, e4, false", // of 15 bits, layers, TL0PICIDX, P
        "fc 8005 00 07 05 02 82, 7, 7, f8, f4, false", // flexible: three references
        "8e 05 18 0500 02d0 01 04 02 82, 2, 10, 8a, 84, true", // sizes of one layer, one picture with one reference
    })
    void vp9_long_keepsItsDescriptor_butStartEndAndStructure(
            String head, int plain, int whole, String first, String last, boolean key) throws Exception {
        byte[] payload = longer(head, 1400);
        List<RtpPacket> packets = normalize(new Codec.Vp9(), payload);
        List<byte[]> parts = payloads(packets);
        assertLine(packets, key);
        assertThat(parts).hasSize(2);
        assertThat(Bytes.of(new byte[] {parts.getFirst()[0]})).isEqualTo(Bytes.ofHex(first));
        assertThat(Bytes.of(new byte[] {parts.getLast()[0]})).isEqualTo(Bytes.ofHex(last));
        assertThat(Arrays.copyOfRange(parts.getLast(), 1, plain)).isEqualTo(Arrays.copyOfRange(payload, 1, plain));
        assertThat(joined(parts, whole, plain)).isEqualTo(Arrays.copyOfRange(payload, whole, payload.length));
    }

    @Test
    void vp9_structureThatLies_isMalformed() {
        byte[] payload = longer("02 08 ff", 1300);
        Arrays.fill(payload, 3, 1300, (byte) 0x0C);
        String said = "";
        try {
            normalize(new Codec.Vp9(), payload);
        } catch (MalformedException e) {
            said = e.reason();
        }
        assertThat(said).isEqualTo("VP9 scalability structure too long");
    }

    @ParameterizedTest
    @CsvSource({"VP8, 90 e0 8005 11 40 50", "VP9, 8e 05 18 0500 02d0 01 04 02 82"})
    void longPayloads_cutOffOrDamaged_arePartedOrMalformed(String name, String head) {
        Codec codec = name.equals("VP8") ? new Codec.Vp8() : new Codec.Vp9();
        byte[] good = longer(head, 1230);
        for (byte[] payload : Mangled.ofHead(good, 16).toList()) {
            try {
                assertThat(normalize(codec, payload))
                        .isNotEmpty()
                        .allMatch(packet -> packet.payloadLength() > 0 && packet.length() <= RtpPacket.MAX_BYTES);
            } catch (MalformedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
        }
    }
}
