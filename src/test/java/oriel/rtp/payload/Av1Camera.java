package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.rtp.RtpBytes;
import oriel.rtp.RtpPacket;

/** A camera with AV1 before a normaliser, and a reader of what leaves it, written for tests by the payload format alone. */
final class Av1Camera {
    final Normalizer normalizer = Normalizers.of(new Codec.Av1());
    final List<RtpPacket> packets = new ArrayList<>();
    private int sequence;

    /** One packet of the camera, in hex digits. */
    void send(long ticks, boolean marker, String payload) throws MalformedException {
        send(ticks, marker, Bytes.ofHex(payload).toArray());
    }

    void send(long ticks, boolean marker, byte[] payload) throws MalformedException {
        normalizer.accept(RtpBytes.view(marker, sequence++, ticks, payload), ticks, packets::add);
    }

    /** An OBU without a size: its header, then noise. */
    static byte[] obu(int type, int length, Random random) {
        byte[] obu = new byte[length];
        random.nextBytes(obu);
        obu[0] = (byte) (type << 3);
        return obu;
    }

    /** A payload of one element, which is the rest of an OBU or goes on in the next payload. */
    static byte[] element(String header, byte[] bytes, int from, int to) {
        ByteArrayOutputStream payload = new ByteArrayOutputStream();
        payload.writeBytes(Bytes.ofHex(header).toArray());
        payload.write(bytes, from, to - from);
        return payload.toByteArray();
    }

    static byte[] element(String header, byte[] bytes) {
        return element(header, bytes, 0, bytes.length);
    }

    /** The OBUs of all packets that left; each packet of a time must hang on the one before. */
    List<Bytes> read() {
        List<Bytes> obus = new ArrayList<>();
        ByteArrayOutputStream open = new ByteArrayOutputStream();
        boolean within = false;
        for (RtpPacket packet : packets) {
            assertThat(packet.length()).isLessThanOrEqualTo(RtpPacket.MAX_BYTES);
            byte[] array = packet.array();
            int header = array[RtpPacket.HEADER_BYTES];
            assertThat((header & 0x80) != 0)
                    .as("Z of a packet within a picture")
                    .isEqualTo(within);
            assertThat((header & 0x40) == 0).as("Y of the last packet").isEqualTo(packet.marker());
            assertThat((header & 0x08) != 0).as("N of a key frame").isEqualTo(packet.keyStart());
            int count = header >> 4 & 3;
            int at = RtpPacket.HEADER_BYTES + 1;
            for (int element = 1; at < packet.length(); element++) {
                assertThat(element).isLessThanOrEqualTo(count == 0 ? Integer.MAX_VALUE : count);
                int length = packet.length() - at;
                if (count == 0 || element < count) {
                    length = 0;
                    int shift = 0;
                    do {
                        length |= (array[at] & 0x7F) << shift;
                        shift += 7;
                    } while ((array[at++] & 0x80) != 0);
                }
                open.write(array, at, length);
                at += length;
                if (at < packet.length() || (header & 0x40) == 0) {
                    obus.add(Bytes.of(open.toByteArray()));
                    open.reset();
                }
            }
            assertThat(at).isEqualTo(packet.length());
            within = !packet.marker();
        }
        return obus;
    }

    /** As {@link Track#marks}. */
    String marks() {
        return Track.marks(packets);
    }
}
