package oriel.rtp.payload;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.rtp.RtpPacket;

/**
 * Makes pictures of VP8, VP9 or AV1 packets: what is behind each packet's descriptor, one after the other. A picture of which
 * a packet is missing is dropped, and all after it until the next key frame.
 */
final class FrameDepacketizer implements Depacketizer {
    static final int MAX_BYTES = 8 << 20;
    static final int MAX_PACKETS = 16_384; // each keeps its packet's array

    private static final int PADDING = 16;

    /** What a codec does to a picture's payloads. */
    interface Joiner {
        /**
         * The picture, as decoders take it.
         *
         * @param payloads of all its packets, in order, none empty
         */
        Bytes join(List<Bytes> payloads) throws MalformedException;
    }

    private final Joiner joiner;
    private final List<Bytes> payloads = new ArrayList<>();
    private int bytes;
    private long ptsTicks;
    private boolean key;
    private boolean waitsForKey = true;
    private long nextSequence;

    FrameDepacketizer(Joiner joiner) {
        this.joiner = joiner;
    }

    @Override
    public void accept(RtpPacket packet, UnitOutput output) throws MalformedException {
        boolean gap = packet.sequence() != nextSequence;
        nextSequence = packet.sequence() + 1;
        if (gap) {
            lose();
        } else if (!payloads.isEmpty() && packet.ptsTicks() != ptsTicks) {
            end(output); // The one before had no marker.
        }
        if (packet.keyStart()) {
            forget();
            key = true;
            waitsForKey = false;
        }
        if (waitsForKey) {
            return;
        }
        add(packet);
        if (packet.marker()) {
            end(output);
        }
    }

    private void add(RtpPacket packet) throws MalformedException {
        int length = packet.payloadLength();
        if (length == 0 || length > MAX_BYTES - bytes || payloads.size() == MAX_PACKETS) {
            lose();
            throw new MalformedException(
                    length == 0 ? "empty payload" : "access unit of more than " + MAX_BYTES + " bytes");
        }
        ptsTicks = packet.ptsTicks();
        payloads.add(Bytes.of(packet.array(), RtpPacket.HEADER_BYTES, length));
        bytes += length;
    }

    private void end(UnitOutput output) throws MalformedException {
        Bytes picture;
        try {
            picture = joiner.join(payloads);
        } catch (MalformedException e) {
            lose();
            throw e;
        }
        if (!picture.isEmpty()) {
            output.unit(new AccessUnit(ptsTicks, Optional.empty(), key, List.of(picture)));
        }
        forget();
    }

    private void lose() {
        forget();
        waitsForKey = true;
    }

    private void forget() {
        payloads.clear();
        bytes = 0;
        key = false;
    }

    /** Finds where a descriptor ends. */
    interface Descriptor {
        /** Its bytes; {@code payload} goes on with zeros, as many as any descriptor without lists has. */
        int length(byte[] payload) throws MalformedException;
    }

    /** Joins what is behind descriptors. */
    static Joiner behind(Descriptor descriptor) {
        return payloads -> {
            byte[] picture = new byte[payloads.stream().mapToInt(Bytes::length).sum()];
            int at = 0;
            for (Bytes payload : payloads) {
                byte[] padded = Arrays.copyOf(payload.toArray(), payload.length() + PADDING);
                int head = descriptor.length(padded);
                if (head > payload.length()) {
                    throw new MalformedException("payload descriptor cut off");
                }
                System.arraycopy(padded, head, picture, at, payload.length() - head);
                at += payload.length() - head;
            }
            return Bytes.of(picture, 0, at);
        };
    }
}
