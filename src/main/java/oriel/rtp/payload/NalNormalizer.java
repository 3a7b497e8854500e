package oriel.rtp.payload;

import java.util.List;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.rtp.RtpView;

/** Normalises H.264 (RFC 6184) and H.265 (RFC 7798): single units, aggregates and fragments, in non-interleaved mode. */
final class NalNormalizer implements Normalizer {
    private static final int START_BIT = 0x80;
    private static final int END_BIT = 0x40;
    private static final int SIZE_BYTES = 2;
    private static final int MAX_UNITS = 256;

    private final NalFormat format;
    private final PictureWriter writer;
    private final ByteSource.Packet source = new ByteSource.Packet();

    NalNormalizer(NalFormat format, List<Bytes> described) {
        this.format = format;
        this.writer = new PictureWriter(format, described);
    }

    @Override
    public void accept(RtpView packet, long ptsTicks, PacketOutput output) throws MalformedException {
        int length = packet.payloadLength();
        if (length < format.headerBytes()) {
            throw new MalformedException("packet without NAL unit");
        }
        source.look(packet);
        writer.begin(ptsTicks, output);
        try {
            read(length, packet.marker());
        } catch (MalformedException e) {
            writer.abandon();
            throw e;
        } finally {
            writer.finish(packet.marker());
        }
    }

    private void read(int length, boolean marker) throws MalformedException {
        int header = format.header(source, 0);
        int type = format.type(header);
        switch (format.kind(type)) {
            case AGGREGATE -> aggregate(length);
            case FRAGMENT -> fragment(header, length, marker);
            case UNSUPPORTED -> throw new MalformedException(format.name(type) + " is unsupported");
            case KEY_SLICE, SLICE, PARAMETERS, AHEAD, BEHIND, NOISE -> writer.whole(source, 0, length);
        }
    }

    /** Units, each behind its size in two bytes. */
    private void aggregate(int length) throws MalformedException {
        int at = format.headerBytes();
        int units = 0;
        while (at < length) {
            if (length - at < SIZE_BYTES) {
                throw new MalformedException("aggregate cut off");
            }
            int size = source.at(at) << 8 | source.at(at + 1);
            at += SIZE_BYTES;
            if (size > length - at) {
                throw new MalformedException("aggregate cut off");
            }
            if (++units > MAX_UNITS) {
                throw new MalformedException("aggregate of more than " + MAX_UNITS + " units");
            }
            writer.whole(source, at, size);
            at += size;
        }
    }

    private void fragment(int header, int length, boolean marker) throws MalformedException {
        int from = format.headerBytes() + 1;
        if (length < from) {
            throw new MalformedException(format.name(format.fragmentType()) + " cut off");
        }
        int flags = source.at(from - 1);
        // What ends a picture ends its unit: some cameras forget to say so.
        boolean last = marker || (flags & END_BIT) != 0;
        if ((flags & START_BIT) != 0) {
            int unit = format.withType(header, flags & format.fragmentTypeMask());
            writer.firstPart(unit, source, from, length - from, last);
        } else {
            writer.nextPart(source, from, length - from, last);
        }
    }

    @Override
    public void gap() {
        writer.gap();
    }

    @Override
    public Codec codec() {
        return writer.codec();
    }

    @Override
    public boolean reordersPictures() {
        return writer.reordersPictures();
    }
}
