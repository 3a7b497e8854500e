package oriel.testing.camera;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** One track on one connection: makes its RTP and RTCP packets. Guarded by the connection's lock. */
final class CameraLane {
    private static final long SECONDS_1900_TO_1970 = 2_208_988_800L;
    private static final int REPORT_SECONDS = 5;

    final CameraTrack track;
    final CameraFeed feed;
    final int rtpChannel;
    final int rtcpChannel;
    private final int ssrc;
    private final int payloadType;
    private final long firstTimestamp;
    private int sequence;
    private int packets;
    private int octets;
    private long nextReportTicks;

    CameraLane(
            CameraTrack track,
            int rtpChannel,
            int rtcpChannel,
            int ssrc,
            int payloadType,
            int firstSequence,
            long firstTimestamp) {
        this.track = track;
        this.feed = track.feed().get();
        this.rtpChannel = rtpChannel;
        this.rtcpChannel = rtcpChannel;
        this.ssrc = ssrc;
        this.payloadType = payloadType;
        this.sequence = firstSequence;
        this.firstTimestamp = firstTimestamp;
    }

    /** The packets of {@code frame}. */
    List<byte[]> packets(CameraFrame frame) {
        List<byte[]> result = new ArrayList<>();
        for (int i = 0; i < frame.payloads().size(); i++) {
            byte[] payload = frame.payloads().get(i);
            boolean last = i == frame.payloads().size() - 1;
            ByteBuffer packet = ByteBuffer.allocate(12 + payload.length)
                    .put((byte) 0x80)
                    .put((byte) ((last ? 0x80 : 0) | payloadType))
                    .putShort((short) sequence++)
                    .putInt((int) (firstTimestamp + frame.ticks()))
                    .putInt(ssrc)
                    .put(payload);
            packets++;
            octets += payload.length;
            result.add(packet.array());
        }
        return result;
    }

    /** Whether a sender report should go before a frame of this time. */
    boolean reportDue(long ticks) {
        if (ticks < nextReportTicks) {
            return false;
        }
        nextReportTicks = ticks + (long) REPORT_SECONDS * track.clockRate();
        return true;
    }

    /** A sender report: at {@code time} it was {@code ticks}. */
    byte[] senderReport(long ticks, Instant time) {
        return ByteBuffer.allocate(28)
                .put((byte) 0x80)
                .put((byte) 200)
                .putShort((short) 6)
                .putInt(ssrc)
                .putInt((int) (time.getEpochSecond() + SECONDS_1900_TO_1970))
                .putInt((int) (((long) time.getNano() << 32) / 1_000_000_000L))
                .putInt((int) (firstTimestamp + ticks))
                .putInt(packets)
                .putInt(octets)
                .array();
    }

    /** A goodbye. */
    byte[] bye() {
        return ByteBuffer.allocate(8)
                .put((byte) 0x81)
                .put((byte) 203)
                .putShort((short) 1)
                .putInt(ssrc)
                .array();
    }
}
