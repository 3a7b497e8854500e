package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.bitstream.JpegHeader;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.rtp.RtpPacket;

/** JPEG over RTP (RFC 2435), from a camera's packets to a picture that Java's own decoder shows. */
class JpegTest {
    private static final int FIXED_75 = 75; // Java writes the standard's tables at this quality
    private static final int REMEMBERED_TABLES = 200;

    private final Track track = new Track(new Codec.Mjpeg());
    private final NalCamera camera = new NalCamera(false, 0, 65_530);

    /** A JPEG by Java: baseline, 4:2:0, standard Huffman tables, quality 75. */
    private static byte[] jpeg(int width, int height) {
        BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
        Random random = new Random(width);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                image.setRGB(x, y, (x * 255 / width) << 16 | (y * 255 / height) << 8 | random.nextInt(64));
            }
        }
        var out = new ByteArrayOutputStream();
        try {
            ImageIO.write(image, "jpg", out);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
        return out.toByteArray();
    }

    private static int segment(byte[] jpeg, int marker) {
        int at = 2;
        while ((jpeg[at + 1] & 0xFF) != marker) {
            at += 2 + ((jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF));
        }
        return at;
    }

    private static Bytes scan(byte[] jpeg) {
        int sos = segment(jpeg, 0xDA);
        int start = sos + 2 + ((jpeg[sos + 2] & 0xFF) << 8 | (jpeg[sos + 3] & 0xFF));
        return Bytes.of(jpeg, start, jpeg.length - start);
    }

    /** Both 8-bit tables as they stand in the file. */
    private static byte[] tables(byte[] jpeg) {
        var tables = new ByteArrayOutputStream();
        for (int at = segment(jpeg, 0xDB); (jpeg[at + 1] & 0xFF) == 0xDB; ) {
            int length = (jpeg[at + 2] & 0xFF) << 8 | (jpeg[at + 3] & 0xFF);
            for (int i = at + 4; i < at + 2 + length; i += 65) {
                tables.write(jpeg, i + 1, 64);
            }
            at += 2 + length;
        }
        return tables.toByteArray();
    }

    /** The packets of one picture, each with at most {@code data} bytes of the scan. */
    private List<byte[]> packets(byte[] jpeg, int data, int quality, boolean withTables, long timestamp) {
        JpegHeader size;
        try {
            size = JpegHeader.parse(Bytes.of(jpeg));
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
        Bytes scan = scan(jpeg);
        List<byte[]> packets = new ArrayList<>();
        for (int at = 0; at < scan.length(); at += data) {
            int count = Math.min(data, scan.length() - at);
            var payload = new ByteArrayOutputStream();
            payload.writeBytes(new byte[] {0, (byte) (at >> 16), (byte) (at >> 8), (byte) at});
            payload.write(1); // 4:2:0
            payload.write(quality);
            payload.write((size.width() + 7) / 8);
            payload.write((size.height() + 7) / 8);
            if (at == 0 && quality >= 128) {
                byte[] tables = withTables ? tables(jpeg) : new byte[0];
                payload.writeBytes(new byte[] {0, 0, 0, (byte) tables.length});
                payload.writeBytes(tables);
            }
            payload.writeBytes(scan.slice(at, count).toArray());
            packets.add(camera.packet(timestamp, payload.toByteArray(), at + count == scan.length()));
        }
        return packets;
    }

    private static BufferedImage decode(byte[] jpeg) throws IOException {
        return ImageIO.read(new ByteArrayInputStream(jpeg));
    }

    private static void assertSamePicture(byte[] expected, AccessUnit unit) throws IOException {
        BufferedImage left = decode(expected);
        BufferedImage right = decode(unit.parts().getFirst().toArray());
        assertThat(right.getWidth()).isEqualTo(left.getWidth());
        assertThat(right.getHeight()).isEqualTo(left.getHeight());
        for (int y = 0; y < left.getHeight(); y++) {
            for (int x = 0; x < left.getWidth(); x++) {
                assertThat(right.getRGB(x, y)).isEqualTo(left.getRGB(x, y));
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "75, 900, 64, 48", "75, 1400, 320, 240", "75, 60000, 640, 480",
        "255, 900, 64, 48", "255, 1400, 320, 240", "255, 60000, 640, 480",
    })
    void accept_pictureInAnyPackets_isThePictureThatWasSent(int quality, int data, int width, int height)
            throws Exception {
        byte[] jpeg = jpeg(width, height);
        track.feed(packets(jpeg, data, quality, true, 0));
        track.feed(packets(jpeg, data, quality, true, 3600));

        assertThat(track.malformed).isEmpty();
        assertThat(track.units).hasSize(2).allMatch(AccessUnit::key);
        assertSamePicture(jpeg, track.units.getFirst());
        assertThat(track.packets.getFirst().keyStart()).isTrue();
        assertThat(track.packets.stream().filter(RtpPacket::keyStart)).hasSize(2);
        assertThat(track.packets.stream().filter(RtpPacket::marker)).hasSize(2);
        assertThat(track.packets.getLast().marker()).isTrue();
    }

    @Test
    void accept_tablesSentOnce_areRemembered() throws Exception {
        byte[] jpeg = jpeg(64, 48);
        track.feed(packets(jpeg, 900, REMEMBERED_TABLES, true, 0));
        track.feed(packets(jpeg, 900, REMEMBERED_TABLES, false, 3600));

        assertThat(track.units).hasSize(2);
        assertSamePicture(jpeg, track.units.get(1));
    }

    @Test
    void accept_packetMissing_dropsThePicture() throws Exception {
        byte[] jpeg = jpeg(320, 240);
        for (int lost = 0; lost < 4; lost++) {
            List<byte[]> packets = packets(jpeg, 1100, FIXED_75, true, lost * 3600L);
            packets.remove(lost == 3 ? packets.size() - 1 : lost);
            track.feed(packets);
        }
        track.feed(packets(jpeg, 1100, FIXED_75, true, 90_000));

        assertThat(track.units).hasSize(1);
        assertThat(track.units.getFirst().ptsTicks()).isEqualTo(90_000);
        assertSamePicture(jpeg, track.units.getFirst());
    }

    @Test
    void accept_noMarkers_endsAtTheNextStart() {
        byte[] jpeg = jpeg(64, 48);
        for (int i = 0; i < 3; i++) {
            for (byte[] packet : packets(jpeg, 900, FIXED_75, true, i * 3600L)) {
                packet[1] &= 0x7F;
                track.feed(packet);
            }
        }

        assertThat(track.units).extracting(AccessUnit::ptsTicks).containsExactly(0L, 3600L);
    }

    @Test
    void accept_restartIntervals_areInTheHeaderAndKeptWhenCut() throws Exception {
        byte[] data = new byte[3000];
        var payload = new ByteArrayOutputStream();
        payload.writeBytes(Bytes.ofHex("00 000000 41 32 04 03" + "0007 c001").toArray()); // type 65, Q 50, 32x24
        payload.writeBytes(data);
        track.feed(camera.packet(0, payload.toByteArray(), true));

        assertThat(track.packets).extracting(RtpPacket::length).containsExactly(1200, 1200, 24 + 3000 - 2 * 1176);
        Bytes second = Bytes.of(track.packets.get(1).array(), 12, 12);
        assertThat(second.toHex()).isEqualTo("00" + "000498" + "41320403" + "0007ffff");
        Bytes jpeg = track.units.getFirst().parts().getFirst();
        assertThat(jpeg.toHex())
                .contains("ffdd00040007")
                .contains("ffc0001108" + "0018" + "0020" + "03012200021101031101");
        assertThat(JpegHeader.parse(jpeg)).isEqualTo(new JpegHeader(32, 24));
        assertThat(jpeg.toHex()).endsWith("ffd9");
    }

    @Test
    void header_of422AndOneWideTable_isWritten() {
        String table = "0102".repeat(64);
        track.feed(camera.packet(
                0,
                Bytes.ofHex("00 000000 00 ff 04 03" + "00 01 0080" + table + "1234")
                        .toArray(),
                true));

        assertThat(track.units.getFirst().parts().getFirst().toHex())
                .contains("ffdb0083" + "10" + table)
                .contains("03012100021100031100")
                .endsWith("1234ffd9");
    }

    @ParameterizedTest
    @CsvSource({"1, 16", "25, 32", "50, 16", "75, 8", "99, 1", "120, 1"})
    void ofQuality_scalesTheStandardsTables(int quality, int firstOfLuminanceAt50) {
        // Entry 0 is 16 at quality 50: 16 * 5000 / q / 100 below, 16 * (200 - 2 q) / 100 above, 1 to 255.
        int expected = quality == 1 ? 255 : firstOfLuminanceAt50;

        assertThat(JpegTables.ofQuality(quality).at(0)).isEqualTo(expected);
        assertThat(JpegTables.ofQuality(quality).length()).isEqualTo(128);
    }

    @ParameterizedTest
    @CsvSource({
        "00000000, JPEG payload header cut off",
        "00000000 01 00 0403, JPEG quality is zero",
        "00000000 41 32 0403 0007, JPEG restart header cut off",
        "00000000 01 ff 0403 000000, JPEG quantization header cut off",
        "00000000 01 ff 0403 00000080 00, JPEG quantization tables cut off",
    })
    void accept_brokenPayload_isMalformed(String payload, String reason) {
        track.feed(camera.packet(0, Bytes.ofHex(payload).toArray(), true));

        assertThat(track.malformed).containsExactly(reason);
        assertThat(track.packets).isEmpty();
    }

    @Test
    void accept_frontLongerThanAPacket_isMalformed() {
        track.feed(camera.packet(
                0,
                Bytes.ofHex("00000000 01 ff 0403 0000 0600" + "00".repeat(2000)).toArray(),
                true));

        assertThat(track.malformed).containsExactly("JPEG tables longer than a packet");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "00000000 01 32 0003 aa", // wider than 2040
                "00000000 01 32 0400 aa",
                "00000000 02 32 0403 aa", // another sampling
                "00000000 80 32 0403 aa",
                "00000000 01 ff 0403 00000000 aa", // no tables
                "00000000 01 c8 0403 00000000 aa", // nor remembered ones
                "00000000 01 ff 0403 00000001 05 aa", // of no length a table has
            })
    void depacketize_noPicture_isMalformed(String payload) {
        byte[] array = Bytes.ofHex("00".repeat(12) + payload).toArray();
        RtpPacket packet = RtpPacket.take(array, array.length, 0, 0, true, true);
        List<AccessUnit> units = new ArrayList<>();

        assertThatThrownBy(() -> Depacketizers.of(new Codec.Mjpeg()).accept(packet, units::add))
                .isInstanceOf(MalformedException.class)
                .hasMessageStartingWith("JPEG");
        assertThat(units).isEmpty();
    }

    @Test
    void depacketize_endlessPicture_isBounded() throws Exception {
        Depacketizer depacketizer = Depacketizers.of(new Codec.Mjpeg());
        String reason = "";
        int offset = 0;
        long sequence = 0;
        while (reason.isEmpty()) {
            byte[] array = new byte[1200];
            array[13] = (byte) (offset >> 16);
            array[14] = (byte) (offset >> 8);
            array[15] = (byte) offset;
            array[16] = 1;
            array[17] = 50;
            array[18] = 4;
            array[19] = 4;
            try {
                depacketizer.accept(RtpPacket.take(array, 1200, sequence++, 0, false, false), unit -> {});
            } catch (MalformedException e) {
                reason = e.reason();
            }
            offset += 1180;
            assertThat(offset).isLessThan(9 << 20);
        }

        assertThat(reason).startsWith("JPEG of more than 8388608 bytes");
    }
}
