package oriel.stream;

import java.util.List;
import oriel.rtp.RtpPacket;

/**
 * The packets that one read brought for one track; what travels between loops. Immutable.
 *
 * @param track the track's id
 * @param packets in order, at least one
 */
public record Burst(int track, List<RtpPacket> packets) implements LoopItem {
    public Burst {
        packets = List.copyOf(packets);
        if (packets.isEmpty()) {
            throw new IllegalArgumentException("a burst without packets");
        }
    }

    /** Where a decoder can start in this burst, or -1. */
    int keyStart() {
        for (int i = 0; i < packets.size(); i++) {
            if (packets.get(i).keyStart()) {
                return i;
            }
        }
        return -1;
    }

    /** What follows from {@code index} on. */
    Burst from(int index) {
        return index == 0 ? this : new Burst(track, packets.subList(index, packets.size()));
    }
}
