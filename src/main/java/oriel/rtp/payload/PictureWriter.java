package oriel.rtp.payload;

import java.util.ArrayList;
import java.util.List;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.Codec;

/**
 * Writes the NAL units of one track as packets for viewers: parameter sets before each key frame, what stands before a
 * slice no sooner than the slice, each picture's last packet marked. Units come in one by one, whole or in parts, between
 * {@link #begin} and {@link #finish}. Shared by what takes packets and what takes access units.
 */
final class PictureWriter {
    /** Pictures in a row whose last packet went unmarked before the last ones wait; some mark a filler behind them. */
    private static final int UNMARKED_PICTURES = 3;

    /** Units that wait for a slice; those above are dropped. */
    private static final int MAX_WAITING = 16;

    private static final int FIRST_IN_PICTURE_BIT = 0x80; // first_mb_in_slice 0 in H.264, a flag in H.265

    /** What becomes of the fragments that follow. */
    private enum Parts {
        /** None is expected. */
        NONE,
        WRITTEN,
        /** Of a unit that is needed as a whole. */
        COLLECTED,
        /** Of a unit whose start is missing or that nobody wants. */
        PASSED_OVER
    }

    private final NalFormat format;
    private final ParameterSets sets;
    private final PacketLine line = new PacketLine();
    private final FragmentWriter fragments;
    private final StrayStartCode strayStartCode;
    private final List<byte[]> waiting = new ArrayList<>();
    private final byte[] collected = new byte[PacketLine.MAX_PAYLOAD];
    private final ByteSource.Part collectedSource = new ByteSource.Part();
    private final byte[] head = new byte[NalFormat.HEAD_BYTES];

    private Codec codec;
    private Parts parts = Parts.NONE;
    private int collectedLength;

    // The picture under way.
    private boolean begun;
    private long ptsTicks;
    private boolean sliceSeen;
    private boolean ended; // by a marker of the camera
    private boolean marked; // its last packet carries one
    private boolean broken; // something of it is missing
    private boolean gapTold; // before the packet to come

    private boolean markable; // whether the packet under way may end its picture
    private int unmarked;
    private boolean holdsBack;
    private boolean reorders;

    PictureWriter(NalFormat format, List<Bytes> described) {
        this.format = format;
        this.sets = new ParameterSets(format);
        this.fragments = new FragmentWriter(format, line);
        this.strayStartCode = new StrayStartCode(format);
        described.forEach(sets::offerDescribed);
        this.codec = format.codec(sets);
    }

    Codec codec() {
        return codec;
    }

    boolean reordersPictures() {
        return reorders;
    }

    /** Begins a packet or a unit of {@code newTicks}. */
    void begin(long newTicks, PacketOutput output) {
        line.open(newTicks, output);
        markable = false;
        if (!begun || newTicks != ptsTicks) {
            if (begun) {
                endByTime();
            }
            begun = true;
            ptsTicks = newTicks;
            sliceSeen = false;
            ended = false;
            marked = false;
            broken = gapTold;
        }
        broken |= gapTold;
        gapTold = false;
    }

    private void endByTime() {
        if (parts == Parts.WRITTEN || parts == Parts.COLLECTED) {
            abandon();
            parts = Parts.NONE;
        }
        if (sliceSeen && !marked && !broken && !gapTold && !holdsBack) {
            holdsBack = ++unmarked >= UNMARKED_PICTURES;
        }
        line.release(true);
    }

    /** Ends the packet or unit that {@link #begin} began; {@code marker} says that its picture ends with it. */
    void finish(boolean marker) {
        // The Tapo TC70 marks SPS and PPS as frame ends, and others SEI: only what holds a slice or follows one ends.
        if (marker && sliceSeen && markable) {
            ended = true;
            if (line.release(true)) {
                marked = true;
                unmarked = 0;
            }
        } else if (!holdsBack) {
            line.release(false);
        }
    }

    /** Packets are missing before what comes next. */
    void gap() {
        gapTold = true;
        fragments.drop();
        line.gap();
        parts = Parts.PASSED_OVER;
    }

    /** Drops what is under assembly, and the parts of it to come; the numbers show a gap. */
    void abandon() {
        fragments.drop();
        line.gap();
        broken = true;
        parts = Parts.PASSED_OVER;
    }

    /** Takes a whole unit, its header with it. */
    void whole(ByteSource source, int from, int length) throws MalformedException {
        endParts();
        int end = from + length;
        int start = from;
        int code = length < format.headerBytes() ? -1 : strayStartCode.find(source, from, end);
        while (code >= 0) {
            unit(source, start, strayStartCode.trim(source, start, code) - start);
            start = code + StrayStartCode.BYTES;
            code = strayStartCode.findNext(source, start, end);
        }
        unit(source, start, end - start);
    }

    private void unit(ByteSource source, int from, int length) throws MalformedException {
        int headerBytes = format.headerBytes();
        if (length < headerBytes) {
            throw new MalformedException("empty NAL unit");
        }
        int header = format.header(source, from);
        NalKind kind = format.kind(format.type(header));
        if (length == headerBytes && kind != NalKind.NOISE) {
            throw new MalformedException("empty NAL unit");
        }
        markable |= kind != NalKind.PARAMETERS;
        switch (kind) {
            case NOISE -> {}
            case PARAMETERS -> parameters(source, from, length);
            case AHEAD -> ahead(source, from, length);
            case BEHIND -> fragments.whole(source, from, length);
            case SLICE, KEY_SLICE -> {
                slice(kind, header, source, from + headerBytes, length - headerBytes);
                fragments.whole(source, from, length);
            }
            case AGGREGATE, FRAGMENT, UNSUPPORTED ->
                throw new MalformedException(format.name(format.type(header)) + " inside of another packet");
        }
    }

    /**
     * Takes the first part of a unit.
     *
     * @param header of the unit, which is not among the bytes
     * @param last whether it is the only part
     */
    void firstPart(int header, ByteSource source, int from, int length, boolean last) throws MalformedException {
        endParts();
        int end = from + length;
        int code = strayStartCode.find(header, source, from, end);
        if (code < 0) {
            startPart(header, source, from, length, last);
            return;
        }
        startPart(header, source, from, strayStartCode.trim(source, from, code) - from, true);
        int start = code + StrayStartCode.BYTES;
        code = strayStartCode.findNext(source, start, end);
        while (code >= 0) {
            unit(source, start, strayStartCode.trim(source, start, code) - start);
            start = code + StrayStartCode.BYTES;
            code = strayStartCode.findNext(source, start, end);
        }
        int headerBytes = format.headerBytes();
        startPart(format.header(source, start), source, start + headerBytes, end - start - headerBytes, last);
    }

    private void startPart(int header, ByteSource source, int from, int length, boolean last)
            throws MalformedException {
        NalKind kind = format.kind(format.type(header));
        markable |= kind != NalKind.PARAMETERS;
        switch (kind) {
            case NOISE -> parts = Parts.PASSED_OVER;
            case PARAMETERS, AHEAD -> {
                parts = Parts.COLLECTED;
                format.writeHeader(header, collected, 0);
                collectedLength = format.headerBytes();
            }
            case BEHIND -> {
                parts = Parts.WRITTEN;
                fragments.start(header);
            }
            case SLICE, KEY_SLICE -> {
                parts = Parts.WRITTEN;
                slice(kind, header, source, from, length);
                fragments.start(header);
            }
            case AGGREGATE, FRAGMENT, UNSUPPORTED ->
                throw new MalformedException(format.name(format.type(header)) + " in fragments");
        }
        nextPart(source, from, length, last);
    }

    /** Takes a further part. */
    void nextPart(ByteSource source, int from, int length, boolean last) throws MalformedException {
        switch (parts) {
            case NONE -> throw new MalformedException(format.name(format.fragmentType()) + " without start");
            case PASSED_OVER -> markable = true;
            case WRITTEN -> {
                markable = true;
                fragments.append(source, from, length, last);
            }
            case COLLECTED -> collect(source, from, length);
        }
        if (last) {
            boolean whole = parts == Parts.COLLECTED;
            parts = Parts.NONE;
            if (whole) {
                collectedSource.look(collected, 0);
                unit(collectedSource, 0, collectedLength);
            }
        }
    }

    private void collect(ByteSource source, int from, int length) throws MalformedException {
        if (length > collected.length - collectedLength) {
            throw new MalformedException("SEI or parameter set in fragments longer than a packet");
        }
        source.copy(from, collected, collectedLength, length);
        collectedLength += length;
    }

    /** A unit that never got its end before another one starts has lost it. */
    private void endParts() {
        if (parts == Parts.WRITTEN || parts == Parts.COLLECTED) {
            abandon();
        }
        parts = Parts.NONE;
    }

    private void parameters(ByteSource source, int from, int length) throws MalformedException {
        sets.offer(source, from, length);
        Codec now = format.codec(sets);
        if (!now.equals(codec)) {
            codec = now;
        }
    }

    private void ahead(ByteSource source, int from, int length) {
        if (sliceSeen && !ended) {
            fragments.whole(source, from, length);
        } else if (length <= PacketLine.MAX_PAYLOAD && waiting.size() < MAX_WAITING) {
            waiting.add(FragmentWriter.single(source, from, length));
        }
    }

    /** Looks at the front of a slice, of which {@code length} bytes behind its header are here, before it is written. */
    private void slice(NalKind kind, int header, ByteSource source, int from, int length) {
        boolean first = length > 0 && (source.at(from) & FIRST_IN_PICTURE_BIT) != 0;
        if (!sliceSeen || (ended && first)) {
            openPicture(kind == NalKind.KEY_SLICE, first);
        }
        if (!reorders) {
            int count = Math.min(length, head.length);
            source.copy(from, head, 0, count);
            reorders = format.reorders(header, head, count);
        }
    }

    private void openPicture(boolean key, boolean first) {
        sliceSeen = true;
        ended = false;
        if (key && sets.isComplete()) {
            sets.writeTo(line, first || !broken);
        } else if (sets.isChanged()) {
            sets.writeTo(line, false);
        }
        sets.endRun();
        for (byte[] packet : waiting) {
            line.add(packet, packet.length, false);
        }
        waiting.clear();
    }
}
