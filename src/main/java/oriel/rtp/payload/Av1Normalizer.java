package oriel.rtp.payload;

import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.rtp.RtpView;
import oriel.rtp.payload.Av1Payload.Element;

/**
 * Cuts AV1 anew, so that the packets of a temporal unit hang together: each but the first goes on with an OBU of the one
 * before. Browsers take a packet that begins and ends with whole OBUs for a picture of its own, and show none of two
 * pictures of one time; the payload format allows such packets, and cameras send a sequence's header in one. Bytes are
 * copied twice; what does not fill a packet waits for the next one of its time.
 */
final class Av1Normalizer implements Normalizer {
    // Of an OBU's header (AV1 specification, 5.3.2).
    private static final int OBU_TYPE_SHIFT = 3;
    private static final int OBU_TYPE_MASK = 0x0F;
    private static final int SEQUENCE_HEADER = 1;
    private static final int TEMPORAL_DELIMITER = 2;

    private final Codec codec;
    private final PacketLine line = new PacketLine();
    private final ObuChain chain = new ObuChain();
    private long chainTicks;
    private boolean first = true; // nothing of the temporal unit has left
    private boolean beginsSequence; // by the camera's word

    Av1Normalizer(Codec.Av1 codec) {
        this.codec = codec;
    }

    @Override
    public void accept(RtpView packet, long ptsTicks, PacketOutput output) throws MalformedException {
        Av1Payload payload;
        try {
            payload = read(packet);
        } catch (MalformedException e) {
            gap();
            throw e;
        }
        if (ptsTicks != chainTicks) {
            line.open(chainTicks, output);
            endUnit(); // of a camera that does not mark it
        }
        chainTicks = ptsTicks;
        line.open(ptsTicks, output);
        if (chain.isOpen() && !payload.goesOn()) {
            send(chain.length(), false); // The rest of its last OBU never came.
            chain.clear();
        }
        beginsSequence |= first && payload.beginsSequence() && !payload.goesOn();
        add(payload);
        int full = chain.fit();
        while (full < chain.length()) {
            send(full, false);
            full = chain.fit();
        }
        if (packet.marker()) {
            endUnit();
        }
    }

    private void add(Av1Payload payload) {
        int last = payload.elements().size() - 1;
        for (int i = 0; i <= last; i++) {
            Element element = payload.elements().get(i);
            boolean begins = i > 0 || !payload.goesOn();
            boolean ends = i < last || !payload.isContinued();
            if (begins ? !isDelimiter(payload, element, ends) : chain.isOpen()) {
                chain.add(payload.bytes(), element.at(), element.length(), ends);
            }
        }
    }

    // It tells a receiver nothing that the marker does not, and he has to pass over it.
    private static boolean isDelimiter(Av1Payload payload, Element element, boolean whole) {
        return whole && element.length() > 0 && type(payload.bytes()[element.at()]) == TEMPORAL_DELIMITER;
    }

    private void endUnit() {
        if (!chain.isEmpty()) {
            send(chain.length(), true);
        }
        forget();
    }

    private void send(int count, boolean marker) {
        boolean key = first && !chain.goesOn() && (beginsSequence || type(chain.first()) == SEQUENCE_HEADER);
        byte[] array = chain.take(count, key);
        line.add(array, array.length, key);
        line.release(marker);
        first = false;
    }

    private void forget() {
        chain.clear();
        first = true;
        beginsSequence = false;
    }

    private static int type(int obuHeader) {
        return obuHeader >> OBU_TYPE_SHIFT & OBU_TYPE_MASK;
    }

    @Override
    public void gap() {
        forget();
        line.gap();
    }

    @Override
    public Codec codec() {
        return codec;
    }

    private static Av1Payload read(RtpView packet) throws MalformedException {
        if (packet.payloadLength() == 0) {
            throw new MalformedException("empty payload");
        }
        byte[] payload = new byte[packet.payloadLength()];
        packet.copyPayload(0, payload, 0, payload.length);
        return Av1Payload.of(payload);
    }
}
