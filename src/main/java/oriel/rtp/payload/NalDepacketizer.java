package oriel.rtp.payload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.rtp.RtpPacket;

/**
 * Makes pictures of H.264 or H.265 packets that a {@link Normalizer} or {@link Packetizer} made. A picture of which a
 * packet is missing is dropped; after one beyond the bounds, all are until the next key frame.
 */
final class NalDepacketizer implements Depacketizer {
    static final int MAX_BYTES = 8 << 20;
    static final int MAX_UNITS = 256;
    static final int MAX_FRAGMENTS = 16_384; // of one unit; each keeps its packet's array

    private static final int START_BIT = 0x80;
    private static final int END_BIT = 0x40;
    private static final int SIZE_BYTES = 2;
    private static final int FIRST_IN_PICTURE_BIT = 0x80;

    private final NalFormat format;
    private final ByteSource.Part source = new ByteSource.Part();
    private final ByteSource.Part unitSource = new ByteSource.Part();

    // The picture under assembly.
    private final List<Bytes> units = new ArrayList<>();
    private final List<RtpPacket> fragments = new ArrayList<>();
    private boolean begun;
    private long ptsTicks;
    private int bytes;
    private boolean keyStart;
    private boolean sliceSeen;
    private boolean headDoubtful; // packets are missing before it, perhaps of its own
    private boolean broken;

    private boolean started;
    private long nextSequence;
    private boolean waitsForKey;

    NalDepacketizer(NalFormat format) {
        this.format = format;
    }

    @Override
    public void accept(RtpPacket packet, UnitOutput output) throws MalformedException {
        boolean gap = !started || packet.sequence() != nextSequence;
        started = true;
        nextSequence = packet.sequence() + 1;
        if (begun && packet.ptsTicks() != ptsTicks) {
            broken |= gap || !fragments.isEmpty();
            end(output);
        }
        if (!begun) {
            begin(packet.ptsTicks(), gap);
        } else {
            broken |= gap;
        }
        keyStart |= packet.keyStart();
        try {
            read(packet);
        } catch (MalformedException e) {
            broken = true;
            throw e;
        } finally {
            if (broken) {
                forget();
            }
            if (packet.marker()) {
                broken |= !fragments.isEmpty();
                end(output);
            }
        }
    }

    private void begin(long newTicks, boolean gap) {
        begun = true;
        ptsTicks = newTicks;
        headDoubtful = gap;
        broken = false;
        keyStart = false;
        sliceSeen = false;
    }

    private void end(UnitOutput output) {
        begun = false;
        boolean whole = !broken && sliceSeen && (keyStart || !waitsForKey);
        if (whole) {
            waitsForKey = false;
            output.unit(new AccessUnit(ptsTicks, Optional.empty(), keyStart, units));
        }
        forget();
    }

    private void forget() {
        units.clear();
        fragments.clear();
        bytes = 0;
    }

    private void read(RtpPacket packet) throws MalformedException {
        if (broken) {
            return;
        }
        int length = packet.payloadLength();
        int headerBytes = format.headerBytes();
        if (length <= headerBytes) {
            throw new MalformedException("packet without NAL unit");
        }
        source.look(packet.array(), RtpPacket.HEADER_BYTES);
        int header = format.header(source, 0);
        NalKind kind = format.kind(format.type(header));
        if (kind != NalKind.FRAGMENT && !fragments.isEmpty()) {
            throw new MalformedException(format.name(format.fragmentType()) + " without end");
        }
        switch (kind) {
            case AGGREGATE -> aggregate(packet, length);
            case FRAGMENT -> fragment(packet, header, length);
            case UNSUPPORTED -> throw new MalformedException(format.name(format.type(header)) + " is unsupported");
            case KEY_SLICE, SLICE, PARAMETERS, AHEAD, BEHIND, NOISE ->
                add(Bytes.of(packet.array(), RtpPacket.HEADER_BYTES, length));
        }
    }

    private void aggregate(RtpPacket packet, int length) throws MalformedException {
        int at = format.headerBytes();
        while (at < length) {
            int size = length - at < SIZE_BYTES ? Integer.MAX_VALUE : source.at(at) << 8 | source.at(at + 1);
            at += SIZE_BYTES;
            if (size <= format.headerBytes() || size > length - at) {
                throw new MalformedException("aggregate cut off");
            }
            add(Bytes.of(packet.array(), RtpPacket.HEADER_BYTES + at, size));
            at += size;
        }
    }

    private void fragment(RtpPacket packet, int header, int length) throws MalformedException {
        int front = format.headerBytes() + 1;
        if (length < front) {
            throw new MalformedException(format.name(format.fragmentType()) + " cut off");
        }
        int flags = source.at(front - 1);
        boolean start = (flags & START_BIT) != 0;
        if (start != fragments.isEmpty()) {
            throw new MalformedException(
                    format.name(format.fragmentType()) + (start ? " without end" : " without start"));
        }
        int fragmentBytes = length - front;
        need(fragmentBytes);
        if (fragments.size() == MAX_FRAGMENTS) {
            waitsForKey = true;
            throw new MalformedException("NAL unit of more than " + MAX_FRAGMENTS + " fragments");
        }
        bytes += fragmentBytes;
        fragments.add(packet);
        if ((flags & END_BIT) != 0) {
            assemble(format.withType(header, flags & format.fragmentTypeMask()));
        }
    }

    private void assemble(int header) throws MalformedException {
        int front = format.headerBytes() + 1;
        int total = format.headerBytes();
        for (RtpPacket fragment : fragments) {
            total += fragment.payloadLength() - front;
        }
        byte[] unit = new byte[total];
        format.writeHeader(header, unit, 0);
        int at = format.headerBytes();
        for (RtpPacket fragment : fragments) {
            int count = fragment.payloadLength() - front;
            System.arraycopy(fragment.array(), RtpPacket.HEADER_BYTES + front, unit, at, count);
            at += count;
        }
        bytes -= total - format.headerBytes(); // counted as they came
        fragments.clear();
        if (total > format.headerBytes()) {
            add(Bytes.of(unit));
        }
    }

    private void add(Bytes unit) throws MalformedException {
        need(unit.length());
        if (units.size() == MAX_UNITS) {
            waitsForKey = true;
            throw new MalformedException("access unit of more than " + MAX_UNITS + " NAL units");
        }
        unitSource.look(unit);
        NalKind kind = format.kind(format.type(format.header(unitSource, 0)));
        if (kind == NalKind.KEY_SLICE || kind == NalKind.SLICE) {
            boolean first = (unitSource.at(format.headerBytes()) & FIRST_IN_PICTURE_BIT) != 0;
            boolean headHere = keyStart || (first && kind == NalKind.SLICE);
            if (!sliceSeen && headDoubtful && !headHere) {
                broken = true;
            }
            sliceSeen = true;
        }
        units.add(unit);
        bytes += unit.length();
    }

    private void need(int more) throws MalformedException {
        if (more > MAX_BYTES - bytes) {
            waitsForKey = true;
            throw new MalformedException("access unit of more than " + MAX_BYTES + " bytes");
        }
    }
}
