package oriel.rtp.payload;

import java.io.ByteArrayOutputStream;
import java.util.List;
import oriel.base.Bytes;
import oriel.base.MalformedException;

/**
 * Puts OBUs together again and gives each the size that RTP leaves out (AV1 specification, 5.3): the low-overhead stream that
 * decoders take, a temporal delimiter first.
 */
enum Av1Joiner implements FrameDepacketizer.Joiner {
    JOINER;

    private static final int TYPE_SHIFT = 3;
    private static final int TYPE_MASK = 0x0F;
    private static final int DELIMITER = 2;
    private static final int EXTENSION_BIT = 0x04;
    private static final int SIZE_BIT = 0x02;
    private static final int LEB128_MORE_BIT = 0x80;
    private static final int LEB128_BITS = 7;
    private static final byte[] TEMPORAL_DELIMITER = {DELIMITER << TYPE_SHIFT | SIZE_BIT, 0};

    @Override
    public Bytes join(List<Bytes> payloads) throws MalformedException {
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        stream.writeBytes(TEMPORAL_DELIMITER);
        ByteArrayOutputStream unit = new ByteArrayOutputStream();
        boolean goesOn = false;
        for (Bytes bytes : payloads) {
            Av1Payload payload = Av1Payload.of(bytes.toArray());
            if (payload.goesOn() != goesOn) {
                throw new MalformedException(goesOn ? "AV1 unit without end" : "AV1 unit without start");
            }
            List<Av1Payload.Element> elements = payload.elements();
            goesOn = payload.isContinued();
            for (int i = 0; i < elements.size(); i++) {
                unit.write(
                        payload.bytes(), elements.get(i).at(), elements.get(i).length());
                if (i < elements.size() - 1 || !goesOn) {
                    write(unit.toByteArray(), stream);
                    unit.reset();
                }
            }
        }
        if (goesOn) {
            throw new MalformedException("AV1 unit without end");
        }
        return stream.size() > TEMPORAL_DELIMITER.length ? Bytes.of(stream.toByteArray()) : Bytes.empty();
    }

    private static void write(byte[] unit, ByteArrayOutputStream stream) throws MalformedException {
        if (unit.length == 0 || (unit[0] >> TYPE_SHIFT & TYPE_MASK) == DELIMITER) {
            return;
        }
        if ((unit[0] & SIZE_BIT) != 0) {
            stream.writeBytes(unit);
            return;
        }
        int head = (unit[0] & EXTENSION_BIT) != 0 ? 2 : 1;
        if (unit.length < head) {
            throw new MalformedException("AV1 unit cut off");
        }
        stream.write(unit[0] | SIZE_BIT);
        stream.write(unit, 1, head - 1);
        int size = unit.length - head;
        while (size >= LEB128_MORE_BIT) {
            stream.write((size & ~LEB128_MORE_BIT & 0xFF) | LEB128_MORE_BIT);
            size >>= LEB128_BITS;
        }
        stream.write(size);
        stream.write(unit, head, unit.length - head);
    }
}
