package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.rtp.RtpBytes;
import oriel.rtp.RtpPacket;
import oriel.rtp.RtpView;
import oriel.rtp.SequenceExtender;
import oriel.rtp.TimestampExtender;

/**
 * One track from the camera's packets to access units: extends numbers and tells gaps as the RTSP source does, and holds
 * every packet that comes out to the promises of {@link Normalizer}.
 */
final class Track {
    final Normalizer normalizer;
    final List<RtpPacket> packets = new ArrayList<>();
    final List<AccessUnit> units = new ArrayList<>();
    final List<String> malformed = new ArrayList<>();

    private final Depacketizer depacketizer;
    private final SequenceExtender sequences = new SequenceExtender();
    private final TimestampExtender timestamps = new TimestampExtender();
    private long last = Long.MIN_VALUE;

    Track(Codec codec) {
        normalizer = Normalizers.of(codec);
        depacketizer = Depacketizers.of(codec);
    }

    void feed(byte[] packet) {
        RtpView view = RtpBytes.view(packet);
        long sequence = sequences.extend(view.sequence());
        if (last != Long.MIN_VALUE && sequence != last + 1) {
            normalizer.gap();
        }
        last = sequence;
        try {
            normalizer.accept(view, timestamps.extend(view.timestamp()), this::take);
        } catch (MalformedException e) {
            malformed.add(e.reason());
        }
    }

    void feed(List<byte[]> several) {
        several.forEach(this::feed);
    }

    private void take(RtpPacket packet) {
        assertThat(packet.length()).isBetween(13, RtpPacket.MAX_BYTES);
        assertThat(packet.array()[0]).isEqualTo((byte) 0x80);
        assertThat(packet.sequence())
                .isGreaterThan(packets.isEmpty() ? -1 : packets.getLast().sequence());
        packets.add(packet);
        try {
            depacketizer.accept(packet, units::add);
        } catch (MalformedException e) {
            throw new AssertionError("what the normaliser made is malformed: " + e.reason(), e);
        }
    }

    /** The NAL units of each access unit. */
    List<List<Bytes>> parts() {
        return units.stream().map(AccessUnit::parts).toList();
    }

    /** First byte of each payload, as in {@code 78 7c 7c 41}. */
    String kinds() {
        StringBuilder kinds = new StringBuilder();
        for (RtpPacket packet : packets) {
            kinds.append(kinds.isEmpty() ? "" : " ").append("%02x".formatted(packet.array()[12]));
        }
        return kinds.toString();
    }

    /** For each packet its place, with {@code k} where a decoder can start and {@code m} where it is marked. */
    String marks() {
        return marks(packets);
    }

    /** As in {@code 0k 1 2m}. */
    static String marks(List<RtpPacket> packets) {
        StringBuilder marks = new StringBuilder();
        for (RtpPacket packet : packets) {
            marks.append(marks.isEmpty() ? "" : " ")
                    .append(packet.sequence())
                    .append(packet.keyStart() ? "k" : "")
                    .append(packet.marker() ? "m" : "");
        }
        return marks.toString();
    }
}
