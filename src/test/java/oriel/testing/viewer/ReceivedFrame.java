package oriel.testing.viewer;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What came under one timestamp.
 *
 * @param timestamp 32 bits
 * @param packets in the order they came
 */
public record ReceivedFrame(long timestamp, List<ReceivedPacket> packets) {
    private static final int STAP_A = 24;
    private static final int FU_A = 28;

    public ReceivedFrame {
        packets = List.copyOf(packets);
    }

    static List<ReceivedFrame> of(List<ReceivedPacket> packets) {
        List<ReceivedFrame> frames = new ArrayList<>();
        List<ReceivedPacket> frame = new ArrayList<>();
        for (ReceivedPacket packet : packets) {
            if (!frame.isEmpty() && frame.getFirst().timestamp() != packet.timestamp()) {
                frames.add(new ReceivedFrame(frame.getFirst().timestamp(), frame));
                frame.clear();
            }
            frame.add(packet);
        }
        if (!frame.isEmpty()) {
            frames.add(new ReceivedFrame(frame.getFirst().timestamp(), frame));
        }
        return frames;
    }

    /** Whether its end has come. */
    public boolean whole() {
        return packets.getLast().marker();
    }

    /** The NAL units of an H.264 picture (RFC 6184), parts that are missing left out. */
    public List<byte[]> nalUnits() {
        List<byte[]> units = new ArrayList<>();
        ByteArrayOutputStream fragments = new ByteArrayOutputStream();
        for (ReceivedPacket packet : packets) {
            byte[] payload = packet.payload();
            switch (payload[0] & 0x1F) {
                case STAP_A -> unstack(payload, units);
                case FU_A -> {
                    if ((payload[1] & 0x80) != 0) {
                        fragments.reset();
                        fragments.write((payload[0] & 0xE0) | (payload[1] & 0x1F));
                    }
                    fragments.write(payload, 2, payload.length - 2);
                    if ((payload[1] & 0x40) != 0) {
                        units.add(fragments.toByteArray());
                    }
                }
                default -> units.add(payload);
            }
        }
        return units;
    }

    /** Types of the NAL units: 1 slice, 5 key slice, 7 and 8 parameter sets. */
    public List<Integer> nalTypes() {
        return nalUnits().stream().map(unit -> unit[0] & 0x1F).toList();
    }

    /** Whether an H.264 decoder can start here. */
    public boolean key() {
        return nalTypes().contains(5);
    }

    private static void unstack(byte[] payload, List<byte[]> units) {
        int at = 1;
        while (at + 2 <= payload.length) {
            int length = (payload[at] & 0xFF) << 8 | payload[at + 1] & 0xFF;
            units.add(Arrays.copyOfRange(payload, at + 2, at + 2 + length));
            at += 2 + length;
        }
    }
}
