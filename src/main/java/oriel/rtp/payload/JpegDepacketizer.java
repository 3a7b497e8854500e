package oriel.rtp.payload;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.rtp.RtpPacket;

/** Makes whole JPEGs of packets (RFC 2435), with the headers and tables that RTP leaves out. */
final class JpegDepacketizer implements Depacketizer {
    static final int MAX_BYTES = 8 << 20;
    static final int MAX_PARTS = 16_384; // each keeps its packet's array

    private static final int LAST_REMEMBERED_Q = 254;
    private static final int MARKER = 0xFF;
    private static final int EOI = 0xD9;

    private final JpegPayload payload = new JpegPayload();
    private final ByteSource.Part source = new ByteSource.Part();

    // The tables that a camera sends once and then only names by their number.
    private int rememberedQ;
    private Bytes rememberedTables = Bytes.empty();
    private int rememberedPrecision;

    // The picture under assembly; none is if there is no header.
    private byte[] header = {};
    private final List<Bytes> parts = new ArrayList<>();
    private int bytes;
    private long ptsTicks;
    private long nextSequence;

    @Override
    public void accept(RtpPacket packet, UnitOutput output) throws MalformedException {
        boolean follows = packet.sequence() == nextSequence;
        nextSequence = packet.sequence() + 1;
        int length = packet.payloadLength();
        source.look(packet.array(), RtpPacket.HEADER_BYTES);
        try {
            payload.parse(source, length);
            if (payload.fragmentOffset() == 0) {
                if (follows) {
                    end(output); // the one before had no marker
                }
                start(packet);
            } else if (!follows || packet.ptsTicks() != ptsTicks || payload.fragmentOffset() != bytes) {
                drop();
            }
            if (header.length > 0) {
                add(packet, length);
            }
        } catch (MalformedException e) {
            drop();
            throw e;
        }
        if (packet.marker()) {
            end(output);
        }
    }

    private void start(RtpPacket packet) throws MalformedException {
        drop();
        Bytes tables;
        int precision = 0;
        if (!payload.hasOwnTables()) {
            tables = JpegTables.ofQuality(payload.quality());
        } else if (payload.tablesLength() > 0) {
            byte[] copy = new byte[payload.tablesLength()];
            source.copy(payload.tablesOffset(), copy, 0, copy.length);
            tables = Bytes.of(copy);
            precision = payload.precision();
            if (payload.quality() <= LAST_REMEMBERED_Q) {
                rememberedQ = payload.quality();
                rememberedTables = tables;
                rememberedPrecision = precision;
            }
        } else {
            tables = payload.quality() == rememberedQ ? rememberedTables : Bytes.empty();
            precision = rememberedPrecision;
        }
        header = JpegTables.header(payload, tables, precision);
        ptsTicks = packet.ptsTicks();
    }

    private void add(RtpPacket packet, int length) throws MalformedException {
        int count = length - payload.dataOffset();
        if (count > MAX_BYTES - bytes || parts.size() == MAX_PARTS) {
            throw new MalformedException("JPEG of more than " + MAX_BYTES + " bytes or " + MAX_PARTS + " packets");
        }
        parts.add(Bytes.of(packet.array(), RtpPacket.HEADER_BYTES + payload.dataOffset(), count));
        bytes += count;
    }

    private void end(UnitOutput output) {
        if (header.length == 0 || bytes == 0) {
            drop();
            return;
        }
        byte[] jpeg = new byte[header.length + bytes + 2];
        System.arraycopy(header, 0, jpeg, 0, header.length);
        int at = header.length;
        for (Bytes part : parts) {
            part.copyTo(jpeg, at);
            at += part.length();
        }
        if ((jpeg[at - 2] & 0xFF) != MARKER || (jpeg[at - 1] & 0xFF) != EOI) {
            jpeg[at++] = (byte) MARKER;
            jpeg[at++] = (byte) EOI;
        }
        drop();
        output.unit(new AccessUnit(ptsTicks, Optional.empty(), true, List.of(Bytes.of(jpeg, 0, at))));
    }

    private void drop() {
        header = new byte[0];
        parts.clear();
        bytes = 0;
    }
}
