package oriel.rtp.payload;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.rtp.RtpPacket;

/**
 * The parameter sets of one track, from its description and from the stream, one of each type and number, in the order
 * in which decoders want them. Holds at most {@value #MAX_SETS}; the one longest not seen goes first.
 */
final class ParameterSets {
    /** More than cameras use at once; some count the numbers up. */
    static final int MAX_SETS = 16;

    private static final int SIZE_BYTES = 2;
    private static final Comparator<Entry> ORDER =
            Comparator.comparingInt(Entry::type).thenComparingInt(Entry::id);

    private final NalFormat format;
    private final List<Entry> entries = new ArrayList<>();
    private int run;
    private boolean changed;

    ParameterSets(NalFormat format) {
        this.format = format;
    }

    /** Takes note of a set that a description gave; one that cannot be read is as if it had given none. */
    void offerDescribed(Bytes set) {
        var source = new ByteSource.Part();
        source.look(set);
        try {
            if (set.length() > format.headerBytes()) {
                offer(source, 0, set.length());
                changed = false;
            }
        } catch (MalformedException e) {
            changed = false; // the stream will bring it, or the track has no key frames
        }
    }

    /**
     * Takes note of a set.
     *
     * @throws MalformedException if it is longer than a packet or its number cannot be read
     */
    void offer(ByteSource source, int from, int lengthGiven) throws MalformedException {
        int type = format.type(format.header(source, from));
        int length = lengthGiven;
        while (length > format.headerBytes() && source.at(from + length - 1) == 0) {
            length--; // zeros behind belong to no unit, and would make one set two
        }
        for (Entry entry : entries) {
            if (entry.type == type && entry.equalsPart(source, from, length)) {
                entry.run = run;
                return;
            }
        }
        if (length > PacketLine.MAX_PAYLOAD) {
            throw new MalformedException(format.name(type) + " longer than a packet");
        }
        byte[] copy = new byte[length];
        source.copy(from, copy, 0, length);
        Bytes set = Bytes.of(copy);
        int id = format.parameterId(type, set);
        entries.removeIf(e -> e.type == type && e.id == id);
        if (entries.size() == MAX_SETS) {
            entries.remove(
                    entries.stream().min(Comparator.comparingInt(Entry::run)).orElseThrow());
        }
        entries.add(new Entry(type, id, set, run));
        entries.sort(ORDER);
        changed = true;
        format.learn(type, set);
    }

    /** Whether a decoder could start with what is here. */
    boolean isComplete() {
        for (int type : format.parameterTypes()) {
            if (latest(type).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** Whether the stream brought a set that is not written yet. */
    boolean isChanged() {
        return changed;
    }

    /** The set of this type that came last; the lowest number of those that came together; empty if none did. */
    Bytes latest(int type) {
        Bytes latest = Bytes.empty();
        int latestRun = -1;
        for (Entry entry : entries) {
            if (entry.type == type && entry.run > latestRun) {
                latestRun = entry.run;
                latest = entry.set;
            }
        }
        return latest;
    }

    /** Ends a run of sets that belong together. */
    void endRun() {
        run++;
    }

    /** Writes all sets into one packet, or each into its own if they do not fit one. */
    void writeTo(PacketLine line, boolean keyStart) {
        changed = false;
        int length = RtpPacket.HEADER_BYTES + format.headerBytes();
        for (Entry entry : entries) {
            length += SIZE_BYTES + entry.set.length();
        }
        if (length <= RtpPacket.MAX_BYTES && entries.size() > 1) {
            line.add(aggregate(length), length, keyStart);
            return;
        }
        boolean first = keyStart;
        for (Entry entry : entries) {
            byte[] single = new byte[RtpPacket.HEADER_BYTES + entry.set.length()];
            entry.set.copyTo(single, RtpPacket.HEADER_BYTES);
            line.add(single, single.length, first);
            first = false;
        }
    }

    private byte[] aggregate(int length) {
        byte[] array = new byte[length];
        int at = RtpPacket.HEADER_BYTES + format.headerBytes();
        int header = entries.getFirst().header(format);
        for (Entry entry : entries) {
            header = format.aggregateHeader(header, entry.header(format));
            int size = entry.set.length();
            array[at] = (byte) (size >> 8);
            array[at + 1] = (byte) size;
            entry.set.copyTo(array, at + SIZE_BYTES);
            at += SIZE_BYTES + size;
        }
        format.writeHeader(header, array, RtpPacket.HEADER_BYTES);
        return array;
    }

    private static final class Entry {
        private final int type;
        private final int id;
        private final Bytes set;
        private int run;

        Entry(int type, int id, Bytes set, int run) {
            this.type = type;
            this.id = id;
            this.set = set;
            this.run = run;
        }

        int type() {
            return type;
        }

        int id() {
            return id;
        }

        int run() {
            return run;
        }

        int header(NalFormat format) {
            return format.headerBytes() == 1 ? set.at(0) : set.at(0) << 8 | set.at(1);
        }

        boolean equalsPart(ByteSource source, int from, int length) {
            if (length != set.length()) {
                return false;
            }
            for (int i = 0; i < length; i++) {
                if (source.at(from + i) != set.at(i)) {
                    return false;
                }
            }
            return true;
        }
    }
}
