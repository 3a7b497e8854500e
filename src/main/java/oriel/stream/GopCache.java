package oriel.stream;

import java.util.ArrayList;
import java.util.List;
import oriel.rtp.RtpPacket;

/**
 * One picture track's packets from its last key frame on, so that a viewer sees a picture at once. At most one group of
 * pictures and 16 MiB; a group that does not fit is kept as its key frame alone, one with a gap as what was before it
 * ({@link Snapshot#complete} false): a new viewer gets that and waits for the next one. Owned by the source's home loop; snapshots may travel.
 */
final class GopCache {
    static final int MAX_BYTES = 16 << 20;

    private final GopBudget budget;
    private final List<RtpPacket> packets = new ArrayList<>();
    private int bytes;
    private int keyPackets;
    private boolean complete = true;

    GopCache(GopBudget budget) {
        this.budget = budget;
    }

    /**
     * Takes the track's next packet; a key frame's first packet begins a new group.
     *
     * @return false if the group did not fit with this packet
     */
    boolean add(RtpPacket packet) {
        if (packet.keyStart()) {
            clear();
        } else if (packets.isEmpty() || !complete) {
            return true; // Before the first key frame, or in a group that is too long or broken.
        } else if (packet.sequence() > packets.getLast().sequence() + 1) {
            keepWholePictures();
            return true;
        }
        if (bytes + packet.length() > MAX_BYTES || !budget.take(packet.length())) {
            keepKeyFrame();
            return false;
        }
        packets.add(packet);
        bytes += packet.length();
        if (keyPackets == 0 && packet.marker()) {
            keyPackets = packets.size();
        }
        return true;
    }

    /** The group so far; later packets do not change it. */
    Snapshot snapshot() {
        return new Snapshot(List.copyOf(packets), complete);
    }

    boolean isEmpty() {
        return packets.isEmpty();
    }

    /** Forgets the group: what comes next has nothing to do with it. */
    void clear() {
        packets.clear();
        budget.giveBack(bytes);
        bytes = 0;
        keyPackets = 0;
        complete = true;
    }

    // Something is missing here: no decoder gets further, however often it is sent.
    private void keepWholePictures() {
        complete = false;
        int keep = packets.size();
        while (keep > 0 && !packets.get(keep - 1).marker()) {
            keep--;
        }
        keepFirst(keep);
    }

    private void keepKeyFrame() {
        complete = false;
        keepFirst(keyPackets);
    }

    private void keepFirst(int keep) {
        while (packets.size() > keep) {
            RtpPacket last = packets.removeLast();
            bytes -= last.length();
            budget.giveBack(last.length());
        }
    }

    /**
     * @param packets from the key frame on, or none
     * @param complete whether the live packets continue them; otherwise they are its beginning
     */
    record Snapshot(List<RtpPacket> packets, boolean complete) {}
}
