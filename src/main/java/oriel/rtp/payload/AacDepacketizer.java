package oriel.rtp.payload;

import java.util.List;
import java.util.Optional;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.bitstream.AudioSpecificConfig;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.rtp.RtpPacket;

/** Takes AAC frames out of packets (RFC 3640, AAC-hbr); one access unit is one frame without any header. */
final class AacDepacketizer implements Depacketizer {
    private static final int DEFAULT_FRAME_SAMPLES = 1024;
    private static final byte[] NONE = {};

    private final int frameTicks;
    private final ByteSource.Part source = new ByteSource.Part();

    // A frame that comes in several packets.
    private byte[] frame = NONE;
    private int filled;
    private long frameTime;
    private long nextSequence;

    AacDepacketizer(Codec.Aac codec) {
        frameTicks = frameTicks(codec);
    }

    /** Ticks from one frame to the next; the core's samples, scaled where the clock is the extension's (SBR). */
    static int frameTicks(Codec.Aac codec) {
        try {
            AudioSpecificConfig config = AudioSpecificConfig.parse(codec.config());
            return Math.max(1, (int) ((long) config.frameSamples() * codec.clockRate() / config.sampleRate()));
        } catch (MalformedException e) {
            return DEFAULT_FRAME_SAMPLES; // none was given: AAC LC, what cameras send
        }
    }

    @Override
    public void accept(RtpPacket packet, UnitOutput output) throws MalformedException {
        int length = packet.payloadLength();
        source.look(packet.array(), RtpPacket.HEADER_BYTES);
        AacHeaders headers = AacHeaders.parse(source, length);
        int at = headers.dataOffset();
        if (headers.isPart()) {
            part(packet, headers.size(0), at, length - at, output);
            return;
        }
        frame = NONE;
        long ptsTicks = packet.ptsTicks();
        for (int i = 0; i < headers.count(); i++) {
            int size = headers.size(i);
            if (size > 0) {
                unit(Bytes.of(packet.array(), RtpPacket.HEADER_BYTES + at, size), ptsTicks, output);
            }
            at += size;
            ptsTicks += frameTicks;
        }
    }

    /** A frame whose parts do not follow one another is dropped. */
    private void part(RtpPacket packet, int size, int at, int length, UnitOutput output) {
        boolean goesOn = frame.length == size
                && packet.ptsTicks() == frameTime
                && packet.sequence() == nextSequence
                && length <= size - filled;
        if (!goesOn) {
            frame = new byte[size];
            filled = 0;
            frameTime = packet.ptsTicks();
        }
        source.copy(at, frame, filled, length);
        filled += length;
        nextSequence = packet.sequence() + 1;
        if (filled == size) {
            Bytes whole = Bytes.of(frame);
            frame = NONE;
            unit(whole, frameTime, output);
        }
    }

    private static void unit(Bytes frame, long ptsTicks, UnitOutput output) {
        output.unit(new AccessUnit(ptsTicks, Optional.empty(), true, List.of(frame)));
    }
}
