package oriel.output.still;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.rtp.RtpPacket;
import oriel.rtp.payload.Depacketizer;
import oriel.rtp.payload.Depacketizers;

/**
 * A group of pictures as it was caught: references to its packets, a whole key frame at least.
 *
 * @param codec of the track
 * @param packets from the key frame's first on
 * @param complete whether all packets of the group so far are there
 */
record Group(Codec codec, List<RtpPacket> packets, boolean complete) {
    Group {
        packets = List.copyOf(packets);
    }

    /** The packet it begins with: no other group has it, whatever stream shows it. */
    RtpPacket first() {
        return packets.getFirst();
    }

    /** By how much its key frame is older than its newest picture. */
    Duration span() {
        long newest = first().ptsTicks();
        for (RtpPacket packet : packets) {
            newest = Math.max(newest, packet.ptsTicks());
        }
        return Duration.ofMillis((newest - first().ptsTicks()) * 1000 / codec.clockRate());
    }

    /** The key frame; nothing if packets of it are missing. */
    Optional<AccessUnit> keyFrame() {
        return units(1).stream().findFirst();
    }

    /** Its whole pictures from the key frame on, at most {@code most} and one. */
    List<AccessUnit> units(int most) {
        List<AccessUnit> units = new ArrayList<>();
        Depacketizer depacketizer = Depacketizers.of(codec);
        for (RtpPacket packet : packets) {
            try {
                depacketizer.accept(packet, unit -> {
                    if (unit.key() || !units.isEmpty()) {
                        units.add(unit);
                    }
                });
            } catch (MalformedException e) {
                // That picture is not among the units.
            }
            if (units.size() >= most) {
                break;
            }
        }
        return units;
    }
}
