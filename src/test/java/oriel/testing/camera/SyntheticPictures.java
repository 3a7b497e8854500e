package oriel.testing.camera;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * H.264 that no decoder would like and every packetiser takes: real headers, then a body that tells its place, so that a
 * test can say which picture it got. 25 pictures a second.
 *
 * @param gop pictures from one key frame to the next
 * @param keyBytes size of a key frame
 * @param bytes size of another picture
 * @param sps the parameter set that says the size
 */
public record SyntheticPictures(int gop, int keyBytes, int bytes, byte[] sps) {
    /** Ticks from one picture to the next. */
    public static final int FRAME_TICKS = 3600;

    private static final byte[] SPS_SMALL = {0x67, 0x42, (byte) 0xC0, 0x1F, (byte) 0x8C, (byte) 0x8D, 0x40};
    private static final byte[] PPS = {0x68, (byte) 0xCE, 0x3C, (byte) 0x80};
    private static final int NUMBER_AT = 4;

    /** Key frames of 4000 bytes, others of 600. */
    public static SyntheticPictures of(int gop) {
        return new SyntheticPictures(gop, 4000, 600, SPS_SMALL);
    }

    public SyntheticPictures sized(int forKeys, int forOthers) {
        return new SyntheticPictures(gop, forKeys, forOthers, sps);
    }

    public SyntheticPictures withSps(byte[] other) {
        return new SyntheticPictures(gop, keyBytes, bytes, other);
    }

    public static byte[] pps() {
        return PPS.clone();
    }

    /** A track that shows them for ever, a key frame at once when one is wished for. */
    public CameraTrack track() {
        List<CameraFrame> frames = new ArrayList<>();
        for (int i = 0; i < gop; i++) {
            frames.add(frame(i, i * (long) FRAME_TICKS));
        }
        return CameraTrack.h264(sps, PPS, () -> CameraFeed.looping(frames, FRAME_TICKS));
    }

    /** A track that sends what the test emits. */
    public CameraTrack trackByHand() {
        return CameraTrack.h264(sps, PPS, CameraFeed::byHand);
    }

    /** The picture of this number; a key frame if the number is a multiple of the group. */
    public CameraFrame frame(int number, long ticks) {
        byte[] slice = slice(number);
        return CameraFrame.h264(ticks, number % gop == 0 ? List.of(sps, PPS, slice) : List.of(slice));
    }

    /** All that the picture of this number is, but for its parameter sets. */
    public byte[] slice(int number) {
        boolean key = number % gop == 0;
        return slice(key ? 0x65 : 0x41, key ? 0x88 : 0x9A, number, key ? keyBytes : bytes);
    }

    /** A picture between others, in two directions: what WebRTC cannot play. */
    public CameraFrame frameB(int number, long ticks) {
        return CameraFrame.h264(ticks, List.of(slice(0x01, 0x9E, number, bytes)));
    }

    /** The number of the picture with this slice. */
    public static int number(byte[] slice) {
        return (slice[NUMBER_AT] & 0xFF) << 16 | (slice[NUMBER_AT + 1] & 0xFF) << 8 | slice[NUMBER_AT + 2] & 0xFF;
    }

    private static byte[] slice(int header, int kind, int number, int size) {
        byte[] slice = new byte[size];
        Arrays.fill(slice, (byte) 0x5A);
        slice[0] = (byte) header;
        slice[1] = (byte) kind;
        slice[NUMBER_AT] = (byte) (number >> 16);
        slice[NUMBER_AT + 1] = (byte) (number >> 8);
        slice[NUMBER_AT + 2] = (byte) number;
        slice[size - 1] = (byte) 0x80;
        return slice;
    }
}
