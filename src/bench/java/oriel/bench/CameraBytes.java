package oriel.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import oriel.testing.camera.CameraFeed;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.SimulatedCamera;

/**
 * What a camera at 25 pictures a second sends, without pictures: H.264 as far as headers go (RFC 6184), noise behind them.
 * At 4 Mbit/s a key frame of 60 kB every 50 pictures, 19 kB for each of the others.
 */
public final class CameraBytes {
    /** Pictures from one key frame to the next. */
    public static final int GROUP = 50;

    /** RTP ticks from one picture to the next. */
    public static final int FRAME_TICKS = 3600;

    public static final byte[] SPS = {0x67, 0x42, (byte) 0xC0, 0x1F, (byte) 0x8C, (byte) 0x8D, 0x40};
    public static final byte[] PPS = {0x68, (byte) 0xCE, 0x3C, (byte) 0x80};

    private static final int KEY_BYTES_A_MEGABIT = 15_000;
    private static final int OTHER_BYTES_A_MEGABIT = 4_800;
    private static final int USUAL_MEGABITS = 4;
    private static final int PAYLOAD = 1400;
    private static final int FU_A = 0x7C;
    private static final int START = 0x80;
    private static final int END = 0x40;

    private final Random random = new Random(1);
    private final int keyBytes;
    private final int otherBytes;
    private int sequence;

    /** A camera of 4 Mbit/s. */
    public CameraBytes() {
        this(USUAL_MEGABITS);
    }

    /** @param megabits a second */
    CameraBytes(int megabits) {
        keyBytes = megabits * KEY_BYTES_A_MEGABIT;
        otherBytes = megabits * OTHER_BYTES_A_MEGABIT;
    }

    /** A camera that sends what it is told to, as {@link #interleaved} gives it. */
    static SimulatedCamera camera() {
        return SimulatedCamera.of(CameraMedia.of(CameraTrack.h264(SPS, PPS, CameraFeed::byHand)))
                .start();
    }

    /** The RTP packets of picture {@code number}, counted from 0, at 25 a second; ask for them in order. */
    public List<byte[]> picture(int number) {
        return picture(number, (long) number * FRAME_TICKS);
    }

    /** The same at another time. */
    List<byte[]> picture(int number, long ticks) {
        boolean key = number % GROUP == 0;
        List<byte[]> packets = new ArrayList<>();
        if (key) {
            packets.add(packet(ticks, SPS, false));
            packets.add(packet(ticks, PPS, false));
        }
        int left = key ? keyBytes : otherBytes;
        for (boolean first = true; left > 0; first = false) {
            byte[] payload = new byte[Math.min(left, PAYLOAD)];
            random.nextBytes(payload);
            left -= payload.length;
            payload[0] = FU_A;
            payload[1] = (byte) ((first ? START : 0) | (left == 0 ? END : 0) | (key ? 5 : 1));
            if (first) {
                // first_mb_in_slice 0, slice_type 7 (I) or 5 (P), pps 0
                payload[2] = (byte) (key ? 0x88 : 0x9A);
            }
            packets.add(packet(ticks, payload, left == 0));
        }
        return packets;
    }

    /** Packets one behind the other as RTSP interleaves them (RFC 2326, 10.12) on channel 0. */
    public static byte[] interleaved(List<byte[]> packets) {
        byte[] all =
                new byte[packets.stream().mapToInt(packet -> 4 + packet.length).sum()];
        int at = 0;
        for (byte[] packet : packets) {
            all[at] = '$';
            all[at + 2] = (byte) (packet.length >> 8);
            all[at + 3] = (byte) packet.length;
            System.arraycopy(packet, 0, all, at + 4, packet.length);
            at += 4 + packet.length;
        }
        return all;
    }

    private byte[] packet(long ticks, byte[] payload, boolean marker) {
        byte[] packet = new byte[12 + payload.length];
        packet[0] = (byte) 0x80;
        packet[1] = (byte) (marker ? 0xE0 : 0x60);
        packet[2] = (byte) (sequence >> 8);
        packet[3] = (byte) sequence++;
        for (int i = 0; i < 4; i++) {
            packet[4 + i] = (byte) (ticks >> 24 - 8 * i);
        }
        packet[11] = 1;
        System.arraycopy(payload, 0, packet, 12, payload.length);
        return packet;
    }
}
