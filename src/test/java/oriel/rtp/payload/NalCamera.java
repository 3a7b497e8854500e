package oriel.rtp.payload;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import oriel.base.Bytes;
import oriel.rtp.RtpBytes;

/**
 * Cuts NAL units into packets the way cameras do (RFC 6184 or 7798): small ones aggregated or single, large ones in
 * fragments of any size. Written apart from what it tests.
 */
final class NalCamera {
    private final boolean h265;
    private final int mtu;
    private int sequence;

    /** @param mtu the most payload bytes of a packet */
    NalCamera(boolean h265, int mtu, int firstSequence) {
        this.h265 = h265;
        this.mtu = mtu;
        this.sequence = firstSequence;
    }

    /** All units of one picture, the last packet marked; neighbours that fit together are aggregated if asked. */
    List<byte[]> picture(long timestamp, List<Bytes> units, boolean aggregates) {
        List<byte[]> packets = new ArrayList<>();
        int i = 0;
        while (i < units.size()) {
            int count = aggregates ? together(units, i) : 1;
            boolean marker = i + count == units.size();
            if (count > 1) {
                packets.add(aggregate(timestamp, units.subList(i, i + count), marker));
            } else if (units.get(i).length() <= mtu) {
                packets.add(single(timestamp, units.get(i), marker));
            } else {
                packets.addAll(fragments(timestamp, units.get(i), marker));
            }
            i += count;
        }
        return packets;
    }

    private int together(List<Bytes> units, int from) {
        int size = header();
        int count = 0;
        while (from + count < units.size() && size + 2 + units.get(from + count).length() <= mtu) {
            size += 2 + units.get(from + count).length();
            count++;
        }
        return Math.max(1, count);
    }

    byte[] single(long timestamp, Bytes unit, boolean marker) {
        return packet(timestamp, unit.toArray(), marker);
    }

    byte[] aggregate(long timestamp, List<Bytes> units, boolean marker) {
        var payload = new ByteArrayOutputStream();
        payload.writeBytes(h265 ? new byte[] {48 << 1, 1} : new byte[] {0x78});
        for (Bytes unit : units) {
            payload.write(unit.length() >> 8);
            payload.write(unit.length());
            payload.writeBytes(unit.toArray());
        }
        return packet(timestamp, payload.toByteArray(), marker);
    }

    List<byte[]> fragments(long timestamp, Bytes unit, boolean marker) {
        int most = mtu - header() - 1;
        List<byte[]> packets = new ArrayList<>();
        for (int at = header(); at < unit.length(); at += most) {
            int count = Math.min(most, unit.length() - at);
            boolean last = at + count == unit.length();
            Bytes part = unit.slice(at, count);
            packets.add(fragment(timestamp, unit, part, at == header(), last, marker && last));
        }
        return packets;
    }

    byte[] fragment(long timestamp, Bytes unit, Bytes part, boolean first, boolean last, boolean marker) {
        var payload = new ByteArrayOutputStream();
        int flags = (first ? 0x80 : 0) | (last ? 0x40 : 0);
        if (h265) {
            payload.write((unit.at(0) & 0x81) | 49 << 1);
            payload.write(unit.at(1));
            payload.write(flags | (unit.at(0) >> 1 & 0x3F));
        } else {
            payload.write((unit.at(0) & 0xE0) | 28);
            payload.write(flags | (unit.at(0) & 0x1F));
        }
        payload.writeBytes(part.toArray());
        return packet(timestamp, payload.toByteArray(), marker);
    }

    byte[] packet(long timestamp, byte[] payload, boolean marker) {
        return RtpBytes.packet(marker, 96, sequence++ & 0xFFFF, timestamp & 0xFFFF_FFFFL, payload);
    }

    /** Leaves a number out, as if a packet was lost. */
    void lose() {
        sequence++;
    }

    private int header() {
        return h265 ? 2 : 1;
    }
}
