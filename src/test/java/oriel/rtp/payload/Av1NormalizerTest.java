package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static oriel.rtp.payload.Av1Camera.element;
import static oriel.rtp.payload.Av1Camera.obu;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.rtp.RtpPacket;
import oriel.testing.Mangled;

/**
 * AV1 as browsers take it. Chromium showed nothing of a camera that sent its sequence's header in a packet of its own: it
 * took that for a picture, and two pictures of one time for none.
 */
class Av1NormalizerTest {
    private static final int SEQUENCE_HEADER = 1;
    private static final int FRAME_HEADER = 3;
    private static final int TILE_GROUP = 4;
    private static final int FRAME = 6;

    private final Random random = new Random(7);
    private final Av1Camera camera = new Av1Camera();

    private static byte[] cut(RtpPacket packet) {
        return Arrays.copyOfRange(packet.array(), RtpPacket.HEADER_BYTES, packet.length());
    }

    @Test
    void sequenceHeader_inAPacketOfItsOwn_leavesWithItsPicture() throws Exception {
        byte[] sequence = obu(SEQUENCE_HEADER, 12, random);
        byte[] frame = obu(FRAME, 3000, random);
        camera.send(0, false, element("18", sequence));
        assertThat(camera.packets).isEmpty();
        camera.send(0, false, element("50", frame, 0, 1390));
        camera.send(0, false, element("d0", frame, 1390, 2780));
        camera.send(0, true, element("90", frame, 2780, 3000));

        assertThat(camera.read()).containsExactly(Bytes.of(sequence), Bytes.of(frame));
        assertThat(camera.marks()).isEqualTo("0k 1 2m");
        assertThat(cut(camera.packets.getFirst())).startsWith(0x68, 12, 0x08); // Y, W 2, N
        assertThat(camera.packets)
                .extracting(RtpPacket::length)
                .containsExactly(1200, 1200, 12 + 1 + 3012 - 1186 - 1187);
    }

    @Test
    void sequenceHeader_inTheFullPacketOfItsPicture_staysWithIt() throws Exception {
        byte[] sequence = obu(SEQUENCE_HEADER, 12, random);
        byte[] frame = obu(FRAME, 2000, random);
        byte[] both = Arrays.copyOf(Bytes.ofHex("68 0c").toArray(), 2 + 12 + 1300); // Y, W 2, N
        System.arraycopy(sequence, 0, both, 2, 12);
        System.arraycopy(frame, 0, both, 14, 1300);
        camera.send(0, false, both);
        camera.send(0, true, element("90", frame, 1300, 2000));

        assertThat(camera.read()).containsExactly(Bytes.of(sequence), Bytes.of(frame));
        assertThat(camera.marks()).isEqualTo("0k 1m");
    }

    @Test
    void tileGroups_inPacketsOfTheirOwn_hangTogether() throws Exception {
        List<Bytes> sent = new ArrayList<>();
        byte[] header = obu(FRAME_HEADER, 30, random);
        camera.send(0, false, element("10", header));
        sent.add(Bytes.of(header));
        for (int i = 0; i < 5; i++) {
            byte[] tiles = obu(TILE_GROUP, 1100 + 20 * i, random);
            camera.send(0, i == 4, element("10", tiles));
            sent.add(Bytes.of(tiles));
        }

        assertThat(camera.read()).isEqualTo(sent);
    }

    /** Wherever the end of an OBU falls to the end of a packet, a byte of it goes with the next. */
    @Test
    void packets_ofObusOfAnyLength_endWithinOne() throws Exception {
        List<Bytes> sent = new ArrayList<>();
        for (int length = 1150; length < 1210; length++) {
            byte[] first = obu(TILE_GROUP, length, random);
            byte[] second = obu(TILE_GROUP, 40, random);
            camera.send(3600L * length, false, element("10", first));
            camera.send(3600L * length, true, element("10", second));
            sent.add(Bytes.of(first));
            sent.add(Bytes.of(second));
        }

        assertThat(camera.read()).isEqualTo(sent);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void pictures_ofAnyObusCutAnyHow_keepTheirBytes(long seed) throws Exception {
        Random chance = new Random(seed);
        List<Bytes> sent = new ArrayList<>();
        for (int picture = 0; picture < 20; picture++) {
            List<byte[]> obus = new ArrayList<>();
            int most = chance.nextBoolean() ? 10 : 2000;
            for (int count = 1 + chance.nextInt(40); count > 0; count--) {
                obus.add(obu(TILE_GROUP, 2 + chance.nextInt(most), chance));
            }
            obus.forEach(obu -> sent.add(Bytes.of(obu)));
            sendCut(3600L * picture, obus, chance);
        }

        assertThat(camera.read()).isEqualTo(sent);
    }

    // Several elements a packet, each with its length.
    private void sendCut(long ticks, List<byte[]> obus, Random chance) throws MalformedException {
        byte[] payload = {0};
        int room = 200 + chance.nextInt(1200);
        for (int i = 0; i < obus.size(); i++) {
            byte[] obu = obus.get(i);
            for (int at = 0; at < obu.length; ) {
                int part = Math.min(1 + chance.nextInt(room), obu.length - at);
                int before = payload.length;
                payload = Arrays.copyOf(payload, before + Av1Payload.bytesOfLength(part) + part);
                int from = Av1Payload.writeLength(part, payload, before);
                System.arraycopy(obu, at, payload, from, part);
                at += part;
                boolean ends = at == obu.length;
                boolean last = ends && i == obus.size() - 1;
                if (last || !ends || payload.length > room) {
                    payload[0] |= (byte) (ends ? 0 : 0x40);
                    camera.send(ticks, last, payload);
                    payload = new byte[] {(byte) (ends ? 0 : 0x80)};
                }
            }
        }
    }

    @Test
    void temporalDelimiter_isLeftOut() throws Exception {
        camera.send(0, false, "18 12 00");
        camera.send(0, true, "20 01 0a 32");
        camera.send(1, true, "30 02 1200 01 0a 32");

        assertThat(camera.read()).extracting(Bytes::toHex).containsExactly("0a", "32", "0a", "32");
        assertThat(camera.marks()).isEqualTo("0km 1km");
    }

    @ParameterizedTest
    @CsvSource({
        "18 0a, true", // N
        "18 32, true",
        "10 32, false",
        "10 0a, true", // a sequence header, of a camera that forgets N
        "00 01 0a, true", // behind its length
        "20 8100 0a 32, true",
        "00 01 32, false",
    })
    void keyStart_isTheNewSequence(String payload, boolean expected) throws Exception {
        camera.send(0, true, payload);

        assertThat(camera.marks()).isEqualTo(expected ? "0km" : "0m");
        assertThat((cut(camera.packets.getFirst())[0] & 0x08) != 0).isEqualTo(expected);
    }

    @Test
    void picture_withoutAMarker_endsWithTheNext() throws Exception {
        camera.send(0, false, "10 32 01");
        camera.send(3600, false, "10 32 02");
        camera.send(7200, false, "10 32 03");

        assertThat(camera.read()).extracting(Bytes::toHex).containsExactly("3201", "3202");
        assertThat(camera.packets).extracting(RtpPacket::ptsTicks).containsExactly(0L, 3600L);
    }

    @Test
    void gap_dropsWhatWaits_andTheRestOfItsObu() throws Exception {
        camera.send(0, true, "10 32 01");
        camera.send(3600, false, "50 32 02");
        camera.normalizer.gap();
        camera.send(3600, true, "90 02");
        camera.send(7200, true, "18 0a 03");

        assertThat(camera.read()).extracting(Bytes::toHex).containsExactly("3201", "0a03");
        assertThat(camera.marks()).isEqualTo("0m 2km");
    }

    @Test
    void obu_thatIsNotFinished_endsAtTheNext() throws Exception {
        camera.send(0, false, "50 32 01"); // Y, but the next one begins anew
        camera.send(0, true, "10 32 02");
        camera.send(3600, true, "90 03"); // Z, but nothing was open
        camera.send(7200, true, "10 32 04");

        assertThat(camera.packets)
                .extracting(packet -> Bytes.of(cut(packet)).toHex())
                .containsExactly("503201", "103202", "103204");
        assertThat(camera.marks()).isEqualTo("0 1m 2m");
    }

    @ParameterizedTest
    @CsvSource({
        "'', empty payload",
        "10, AV1 payload with fewer elements than it says",
        "00, AV1 payload with fewer elements than it says",
        "00 ffffffffff01, AV1 element without a usable length",
        "00 ff7f, AV1 element longer than its packet",
        "20 8b00 0a, AV1 element longer than its packet",
        "30 02 0a00, AV1 payload with fewer elements than it says",
    })
    void lengthsThatLie_areMalformed_andTheSequenceShowsIt(String payload, String reason) throws Exception {
        camera.send(0, true, "10 32 01");
        assertThatThrownBy(() -> camera.send(3600, true, payload))
                .isInstanceOf(MalformedException.class)
                .hasMessage(reason);
        camera.send(7200, true, "10 32 02");

        assertThat(camera.marks()).isEqualTo("0m 2m");
    }

    @ParameterizedTest
    @ValueSource(strings = {"08 8909 0a", "28 8907 0a"})
    void payloads_cutOffOrDamaged_passOrAreMalformed(String head) {
        byte[] good = Arrays.copyOf(Bytes.ofHex(head).toArray(), 1230);
        for (byte[] payload : Mangled.ofHead(good, 16).toList()) {
            Av1Camera any = new Av1Camera();
            try {
                any.send(0, false, payload);
                any.send(0, true, "10 32");
            } catch (MalformedException e) {
                assertThat(e.reason()).isNotEmpty();
            }
            assertThat(any.packets)
                    .allMatch(packet -> packet.payloadLength() > 0 && packet.length() <= RtpPacket.MAX_BYTES);
        }
    }
}
