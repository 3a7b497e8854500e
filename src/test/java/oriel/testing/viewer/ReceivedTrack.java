package oriel.testing.viewer;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/** What came of one section of the answer. Any thread. */
public final class ReceivedTrack {
    private static final int MAX_KEPT = 1 << 16;

    private final ViewerAnswer.Section section;
    private final boolean keeps;
    private final List<ReceivedPacket> packets = new ArrayList<>(); // guarded by this, as all that follows
    private final List<SeenSenderReport> reports = new ArrayList<>();
    private long count;
    private long bytes;
    private int ssrc;
    private boolean begun;
    private int firstSequence;
    private long highest;

    ReceivedTrack(ViewerAnswer.Section section, boolean keeps) {
        this.section = section;
        this.keeps = keeps;
        this.ssrc = section.ssrc().orElse(0);
    }

    /** The answer's section. */
    public ViewerAnswer.Section section() {
        return section;
    }

    public synchronized int ssrc() {
        return ssrc;
    }

    /** Packets in the order they came, repeated ones too; the first 65536. */
    public synchronized List<ReceivedPacket> packets() {
        return List.copyOf(packets);
    }

    /** How many came. */
    public synchronized long count() {
        return count;
    }

    /** Bytes on the wire, without UDP. */
    public synchronized long bytes() {
        return bytes;
    }

    /** Packets that are missing of those between the first and the latest; negative if some came twice. */
    public synchronized long missing() {
        return begun ? highest - firstSequence + 1 - count : 0;
    }

    public synchronized List<SeenSenderReport> reports() {
        return List.copyOf(reports);
    }

    /** The pictures or pieces of sound that came so far, by timestamp, the last perhaps not whole. */
    public List<ReceivedFrame> frames() {
        return ReceivedFrame.of(packets());
    }

    /** Whether any packet is so. */
    public boolean has(Predicate<ReceivedPacket> wanted) {
        return packets().stream().anyMatch(wanted);
    }

    synchronized void add(ReceivedPacket packet, int length) {
        ssrc = packet.ssrc();
        count++;
        bytes += length;
        if (!begun) {
            begun = true;
            firstSequence = packet.sequence();
            highest = packet.sequence();
        } else {
            highest = Math.max(highest, highest + (short) (packet.sequence() - (int) highest));
        }
        if (keeps && packets.size() < MAX_KEPT) {
            packets.add(packet);
        }
    }

    synchronized void add(SeenSenderReport report) {
        reports.add(report);
    }

    /** Highest sequence number, roll-overs counted. */
    synchronized long highest() {
        return highest;
    }
}
