package oriel.source.rtsp;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Clock;
import oriel.base.MalformedException;
import oriel.media.MediaKind;
import oriel.media.Track;
import oriel.rtp.RtcpPacket;
import oriel.rtp.RtcpWriter;
import oriel.rtp.RtpReceiver;
import oriel.rtp.RtpView;
import oriel.rtsp.RtspConnection;
import oriel.rtsp.RtspListener;
import oriel.stream.StreamWriter;

/**
 * Takes what a playing connection brings: packets to the writer, reports to the clock, and answers them with reports of
 * its own. Lives on the home loop; only {@link #end} is for the script.
 */
final class RtspReception implements RtspListener {
    private static final Logger LOG = LoggerFactory.getLogger("rtsp");

    private static final int CHANNELS = 256;
    private static final String CNAME = "oriel";
    private static final int MAX_REPORT_BYTES = 128;
    // RTCP's types as they stand where RTP has marker and payload type (RFC 5761, 4).
    private static final int FIRST_RTCP_TYPE = 192;
    private static final int LAST_RTCP_TYPE = 223;
    private static final int NOT_SEEN = -1;

    private final StreamWriter writer;
    private final Clock clock;
    private final int ssrc;
    private final CompletableFuture<String> end = new CompletableFuture<>();

    private final @Nullable Lane[] byChannel = new @Nullable Lane[CHANNELS];
    private final List<Lane> lanes = new ArrayList<>();
    private final RtpView view = new RtpView();
    private boolean playing;
    private long now;
    private boolean nowFresh;

    /** @param ssrc who we are in reports; random */
    RtspReception(StreamWriter writer, Clock clock, int ssrc) {
        this.writer = writer;
        this.clock = clock;
        this.ssrc = ssrc;
    }

    /** Why the flow has ended: the connection is over or the camera said goodbye. Completed on the loop. */
    CompletableFuture<String> end() {
        return end;
    }

    /** From now on packets of {@code track} come on these channels. */
    void add(Track track, int payloadType, TransportAnswer channels) {
        Lane lane = new Lane(track, payloadType, channels);
        lanes.add(lane);
        byChannel[channels.rtp()] = lane;
        byChannel[channels.rtcp()] = lane;
    }

    /** From now on packets are handed on. */
    void play() {
        playing = true;
    }

    /** From now on nothing is. */
    void stop() {
        playing = false;
    }

    /** Tells the camera how its packets arrive, on each track's channel. */
    void report(RtspConnection connection) {
        for (Lane lane : lanes) {
            if (lane.receiver.started()) {
                byte[] packet = new byte[MAX_REPORT_BYTES];
                send(connection, lane, reported(lane, packet), packet);
            }
        }
    }

    /** Asks for a key frame of each picture. */
    void requestKeyFrame(RtspConnection connection) {
        for (Lane lane : lanes) {
            if (playing && lane.track.kind() == MediaKind.VIDEO && lane.receiver.started()) {
                byte[] packet = new byte[MAX_REPORT_BYTES];
                send(connection, lane, reported(lane, packet).pli(ssrc, lane.receiver.ssrc()), packet);
            }
        }
    }

    private RtcpWriter reported(Lane lane, byte[] packet) {
        return new RtcpWriter(packet, 0)
                .receiverReport(ssrc, List.of(lane.receiver.report(clock.nanoTime())))
                .cname(ssrc, CNAME);
    }

    private static void send(RtspConnection connection, Lane lane, RtcpWriter written, byte[] packet) {
        connection.interleave(lane.channels.rtcp(), Arrays.copyOf(packet, written.length()));
    }

    @Override
    public void interleaved(int channel, ByteBuffer buffer, int offset, int length) {
        if (!playing || length == 0) {
            return;
        }
        Lane lane = byChannel[channel];
        if (lane == null) {
            writer.dropped("packet on a channel that was not set up");
            return;
        }
        try {
            if (isRtcp(lane, channel, buffer, offset, length)) {
                for (RtcpPacket packet : RtcpPacket.parseCompound(buffer, offset, length)) {
                    rtcp(lane, packet);
                }
            } else {
                view.wrap(buffer, offset, length);
                rtp(lane);
            }
        } catch (MalformedException e) {
            writer.dropped(e.reason());
        }
    }

    // Some cameras send reports on the packets' own channel.
    private static boolean isRtcp(Lane lane, int channel, ByteBuffer buffer, int offset, int length) {
        if (channel != lane.channels.rtp()) {
            return true;
        }
        int type = length < 2 ? 0 : buffer.get(offset + 1) & 0xFF;
        return type >= FIRST_RTCP_TYPE && type <= LAST_RTCP_TYPE;
    }

    private void rtp(Lane lane) {
        if (!lane.takes(view.payloadType())) {
            writer.dropped("payload type that was not announced");
            return;
        }
        lane.receiver.accept(view, now());
        writer.packet(lane.track.id(), view);
    }

    private void rtcp(Lane lane, RtcpPacket packet) {
        switch (packet) {
            case RtcpPacket.SenderReport report -> {
                lane.receiver.senderReport(report, now());
                // A camera without a clock writes zero.
                if (report.ntpTime().bits() != 0) {
                    writer.clock(
                            lane.track.id(),
                            report.rtpTimestamp(),
                            report.ntpTime().toInstant());
                }
            }
            case RtcpPacket.Bye bye -> {
                if (bye.ssrcs().isEmpty() || bye.ssrcs().contains(lane.receiver.ssrc())) {
                    end.complete("the camera said goodbye");
                }
            }
            case RtcpPacket.ReceiverReport ignored -> {}
            case RtcpPacket.SourceDescription ignored -> {}
            case RtcpPacket.Nack ignored -> {}
            case RtcpPacket.Pli ignored -> {}
            case RtcpPacket.Fir ignored -> {}
            case RtcpPacket.Remb ignored -> {}
            case RtcpPacket.TransportFeedback ignored -> {}
            case RtcpPacket.Other ignored -> {}
        }
    }

    @Override
    public void stray(int bytes) {
        if (playing) {
            writer.dropped("stray bytes between packets");
        }
    }

    @Override
    public void readDone() {
        nowFresh = false;
        if (playing) {
            writer.flush();
        }
    }

    @Override
    public void closed(String reason) {
        end.complete(reason);
    }

    private long now() {
        if (!nowFresh) {
            now = clock.nanoTime();
            nowFresh = true;
        }
        return now;
    }

    /** One track on its channels. */
    private static final class Lane {
        private final Track track;
        private final int announced;
        private final TransportAnswer channels;
        private final RtpReceiver receiver;
        private boolean announcedSeen;
        private int adopted = NOT_SEEN;

        Lane(Track track, int announced, TransportAnswer channels) {
            this.track = track;
            this.announced = announced;
            this.channels = channels;
            this.receiver = new RtpReceiver(Math.max(1, track.codec().clockRate()));
        }

        /** Cameras lie about their payload type; then it is always the same lie, and the true one never comes. */
        boolean takes(int payloadType) {
            if (payloadType == announced) {
                announcedSeen = true;
                return true;
            }
            if (!announcedSeen && adopted == NOT_SEEN) {
                adopted = payloadType;
                LOG.debug("track {} carries payload type {}, announced was {}", track, payloadType, announced);
            }
            return !announcedSeen && adopted == payloadType;
        }
    }
}
