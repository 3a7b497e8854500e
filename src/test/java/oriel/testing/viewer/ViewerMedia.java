package oriel.testing.viewer;

import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What comes to a viewer behind its handshake: opens packets, puts repetitions back under their own numbers, and sorts all
 * by the sections of the answer. Packets come on the viewer's loop; what is asked, on any thread.
 */
final class ViewerMedia {
    private static final int MAX_EARLY = 1000;
    private static final int FIRST_RTCP_TYPE = 192;
    private static final int LAST_RTCP_TYPE = 223;

    private final RtpViewerBuilder facts;
    private final int ssrc;
    private final Runnable changed; // called without a lock

    // Of the loop:
    private @Nullable SrtpReader srtp;
    private final List<byte[]> early = new ArrayList<>();
    private long seen;

    // Guarded by this:
    private final List<ReceivedTrack> tracks = new ArrayList<>();
    private int refused;
    private int strangers;

    private volatile Predicate<ReceivedPacket> loses = packet -> false;

    ViewerMedia(RtpViewerBuilder facts, int ssrc, Runnable changed) {
        this.facts = facts;
        this.ssrc = ssrc;
        this.changed = changed;
    }

    synchronized void answered(ViewerAnswer answer) {
        for (ViewerAnswer.Section section : answer.sections()) {
            tracks.add(new ReceivedTrack(section, facts.keeps));
        }
    }

    synchronized List<ReceivedTrack> tracks() {
        return List.copyOf(tracks);
    }

    synchronized int refused() {
        return refused;
    }

    synchronized int strangers() {
        return strangers;
    }

    void loses(Predicate<ReceivedPacket> lost) {
        loses = lost;
    }

    /** On the loop: the keys are there, also for what came before them. */
    void keys(int profile, byte[] keys) {
        srtp = new SrtpReader(profile, keys);
        List<byte[]> waiting = List.copyOf(early);
        early.clear();
        waiting.forEach(data -> packet(data, System.nanoTime()));
    }

    /** On the loop: a compound packet as it is to leave; empty while there are no keys. */
    Optional<byte[]> closeRtcp(byte[] compound) {
        if (srtp == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(srtp.closeRtcp(compound));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** On the loop: a report of all that has come; empty while nothing has. */
    Optional<byte[]> report() {
        List<ViewerRtcp.Block> blocks = tracks().stream()
                .filter(track -> track.count() > 0)
                .map(track -> block(track, 0))
                .toList();
        return blocks.isEmpty() ? Optional.empty() : Optional.of(ViewerRtcp.receiverReport(ssrc, blocks));
    }

    /** A report of one track, as if so much of it were lost: 0 to 255. */
    byte[] report(ReceivedTrack track, int lost) {
        return ViewerRtcp.receiverReport(ssrc, List.of(block(track, lost)));
    }

    /** On the loop: a packet that only our keys open. */
    void packet(byte[] data, long cameNanos) {
        SrtpReader reader = srtp;
        if (reader == null) {
            if (early.size() < MAX_EARLY) {
                early.add(data);
            }
            return;
        }
        int type = data[1] & 0xFF;
        try {
            if (type >= FIRST_RTCP_TYPE && type <= LAST_RTCP_TYPE) {
                rtcpCame(reader.openRtcp(data));
            } else {
                boolean opens = facts.opensOneOf > 0 && seen++ % facts.opensOneOf == 0;
                byte[] clear = opens ? reader.openRtp(data) : data;
                rtpCame(ReceivedPacket.of(clear, opens, cameNanos), data.length);
            }
        } catch (GeneralSecurityException e) {
            synchronized (this) {
                refused++;
            }
            changed.run();
        }
    }

    private void rtpCame(ReceivedPacket seen, int length) {
        List<ReceivedTrack> all = tracks();
        ReceivedPacket packet = original(all, seen);
        if (loses.test(packet)) {
            return;
        }
        Optional<ReceivedTrack> track =
                all.stream().filter(each -> belongs(packet, each)).findFirst();
        if (track.isEmpty()) {
            synchronized (this) {
                strangers++;
            }
            return;
        }
        track.get().add(packet, length);
        if (facts.listener != null) {
            facts.listener.accept(packet);
        }
        if (facts.keeps) {
            changed.run();
        }
    }

    private ReceivedPacket original(List<ReceivedTrack> all, ReceivedPacket packet) {
        for (ReceivedTrack track : all) {
            ViewerAnswer.Section section = track.section();
            if (facts.opensOneOf == 1
                    && section.repetitionSsrc().isPresent()
                    && section.repetitionSsrc().getAsInt() == packet.ssrc()) {
                return packet.original(
                        section.ssrc().orElseThrow(),
                        Integer.parseInt(section.formats().getFirst()));
            }
        }
        return packet;
    }

    private static boolean belongs(ReceivedPacket packet, ReceivedTrack track) {
        return track.section().ssrc().isPresent()
                ? track.section().ssrc().getAsInt() == packet.ssrc()
                : track.section().formats().contains(Integer.toString(packet.payloadType()));
    }

    private void rtcpCame(byte[] compound) {
        ViewerRtcp.senderReports(
                compound,
                System.nanoTime(),
                report -> tracks().stream()
                        .filter(track -> track.ssrc() == report.ssrc())
                        .forEach(track -> track.add(report)));
        changed.run();
    }

    private static ViewerRtcp.Block block(ReceivedTrack track, int lost) {
        List<SeenSenderReport> seen = track.reports();
        int last = 0;
        int delay = 0;
        if (!seen.isEmpty()) {
            SeenSenderReport report = seen.getLast();
            last = (int) (report.ntp() >>> 16);
            delay = (int) ((System.nanoTime() - report.arrivalNanos()) * 65_536 / 1_000_000_000);
        }
        int missing = (int) Math.max(0, track.missing());
        return new ViewerRtcp.Block(track.ssrc(), lost, missing, track.highest(), last, delay);
    }
}
