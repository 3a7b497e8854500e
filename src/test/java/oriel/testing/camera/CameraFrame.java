package oriel.testing.camera;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One picture or one piece of sound, cut into RTP payloads; the last gets the marker.
 *
 * @param ticks its time in the track's clock, from 0
 * @param key whether a decoder can start here
 * @param payloads what the packets carry
 */
public record CameraFrame(long ticks, boolean key, List<byte[]> payloads) {
    private static final int MAX_PAYLOAD = 1400;
    private static final int FU_A = 28;
    private static final int FU_H265 = 49;
    private static final int FU_START = 0x80;
    private static final int FU_END = 0x40;

    public CameraFrame {
        payloads = List.copyOf(payloads);
    }

    /** One packet with {@code payload} as it is: Opus, PCMA, PCMU, G.722, L16. */
    public static CameraFrame plain(long ticks, byte[] payload) {
        return new CameraFrame(ticks, true, List.of(payload));
    }

    /** One AAC access unit behind its header (RFC 3640, AAC-hbr: sizeLength 13, indexLength 3). */
    public static CameraFrame aac(long ticks, byte[] accessUnit) {
        byte[] payload = new byte[4 + accessUnit.length];
        payload[1] = 16; // bits of headers
        payload[2] = (byte) (accessUnit.length >> 5);
        payload[3] = (byte) (accessUnit.length << 3);
        System.arraycopy(accessUnit, 0, payload, 4, accessUnit.length);
        return new CameraFrame(ticks, true, List.of(payload));
    }

    /** One H.264 picture of NAL units without start codes, the large ones as FU-A (RFC 6184). */
    public static CameraFrame h264(long ticks, List<byte[]> nalUnits) {
        List<byte[]> payloads = new ArrayList<>();
        boolean key = false;
        for (byte[] nal : nalUnits) {
            int type = nal[0] & 0x1F;
            key |= type == 5;
            byte[] indicator = {(byte) ((nal[0] & 0xE0) | FU_A)};
            fragment(nal, 1, indicator, type, payloads);
        }
        return new CameraFrame(ticks, key, payloads);
    }

    /** One H.264 picture as Annex B has it. */
    public static CameraFrame h264AnnexB(long ticks, byte[] annexB) {
        return h264(ticks, nalUnits(annexB));
    }

    /** One H.265 picture of NAL units without start codes, the large ones as fragments (RFC 7798). */
    public static CameraFrame h265(long ticks, List<byte[]> nalUnits) {
        List<byte[]> payloads = new ArrayList<>();
        boolean key = false;
        for (byte[] nal : nalUnits) {
            int type = nal[0] >> 1 & 0x3F;
            key |= type >= 16 && type <= 21;
            byte[] header = {(byte) ((nal[0] & 0x81) | FU_H265 << 1), nal[1]};
            fragment(nal, 2, header, type, payloads);
        }
        return new CameraFrame(ticks, key, payloads);
    }

    /** One H.265 picture as Annex B has it. */
    public static CameraFrame h265AnnexB(long ticks, byte[] annexB) {
        return h265(ticks, nalUnits(annexB));
    }

    /** This frame at another time. */
    public CameraFrame at(long otherTicks) {
        return new CameraFrame(otherTicks, key, payloads);
    }

    /** The NAL units between the start codes of {@code annexB}. */
    public static List<byte[]> nalUnits(byte[] annexB) {
        List<byte[]> units = new ArrayList<>();
        int start = -1;
        for (int i = 0; i + 2 < annexB.length; i++) {
            if (annexB[i] == 0 && annexB[i + 1] == 0 && annexB[i + 2] == 1) {
                addUnit(units, annexB, start, i);
                start = i + 3;
                i += 2;
            }
        }
        addUnit(units, annexB, start, annexB.length);
        return units;
    }

    private static void addUnit(List<byte[]> units, byte[] annexB, int start, int end) {
        int last = end;
        while (start >= 0 && last > start && annexB[last - 1] == 0) {
            last--;
        }
        if (start >= 0 && last > start) {
            units.add(Arrays.copyOfRange(annexB, start, last));
        }
    }

    private static void fragment(byte[] nal, int headerBytes, byte[] fuHeader, int type, List<byte[]> payloads) {
        if (nal.length <= MAX_PAYLOAD) {
            payloads.add(nal);
            return;
        }
        int room = MAX_PAYLOAD - fuHeader.length - 1;
        for (int at = headerBytes; at < nal.length; at += room) {
            int count = Math.min(room, nal.length - at);
            int flags = (at == headerBytes ? FU_START : 0) | (at + count == nal.length ? FU_END : 0);
            ByteArrayOutputStream payload = new ByteArrayOutputStream();
            payload.writeBytes(fuHeader);
            payload.write(flags | type);
            payload.write(nal, at, count);
            payloads.add(payload.toByteArray());
        }
    }
}
