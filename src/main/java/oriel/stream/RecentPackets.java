package oriel.stream;

import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import oriel.rtp.RtpPacket;

/**
 * The packets of one track that came to one loop last, kept once for all the track's viewers there: for outputs that must
 * send some of them again. Each has a place, which counts up and is never given twice. Belongs to the loop.
 */
public final class RecentPackets {
    /** Packets remembered, about two seconds of 4 Mbit/s. */
    public static final int SIZE = 1024;

    private static final int MASK = SIZE - 1;

    private final @Nullable RtpPacket[] packets = new @Nullable RtpPacket[SIZE];
    private long end;

    /** Adds what came; before it is handed to the viewers. */
    public void add(Burst burst) {
        List<RtpPacket> more = burst.packets();
        for (int i = 0; i < more.size(); i++) {
            packets[(int) end++ & MASK] = more.get(i);
        }
    }

    /** The place behind the last packet. */
    public long end() {
        return end;
    }

    private boolean has(long place) {
        return place >= 0 && place < end && end - place <= SIZE;
    }

    /** What is at {@code place}; empty if that was too long ago. */
    public Optional<RtpPacket> at(long place) {
        return has(place) ? Optional.ofNullable(packets[(int) place & MASK]) : Optional.empty();
    }
}
