package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.Codec;
import oriel.media.MediaKind;
import oriel.rtp.RtpBytes;
import oriel.rtp.RtpPacket;

/** Codecs whose packets pass as they are, and where their key frames start. */
class PayloadDescriptorsTest {
    private static List<RtpPacket> normalize(Codec codec, String payload) {
        List<RtpPacket> packets = new ArrayList<>();
        try {
            Normalizers.of(codec)
                    .accept(RtpBytes.view(true, 1, 0, Bytes.ofHex(payload).toArray()), 0, packets::add);
        } catch (MalformedException e) {
            throw new AssertionError(e);
        }
        return packets;
    }

    @ParameterizedTest
    @CsvSource({
        "10 50, true", // S, PID 0; P 0
        "10 51, false", // inter frame
        "00 50, false", // goes on
        "11 50, false", // another partition
        "10, false", // nothing behind
        "90 80 05 50, true", // picture id of 7 bits
        "90 80 8005 50, true", // of 15 bits
        "90 e0 8005 11 40 50, true", // with TL0PICIDX and TID
        "90 e0 8005 11 40 51, false",
        "90 e0 8005 11 40, false",
        "90 10 40 50, true", // KEYIDX alone
        "90 40 11 50, true",
        "90, false",
        "90 80, false",
    })
    void vp8_keyStart_isToldByDescriptorAndHeader(String payload, boolean expected) {
        assertThat(normalize(new Codec.Vp8(), payload).getFirst().keyStart()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "08 00, true", // B
        "48 00, false", // P
        "00 00, false",
        "88 05 00, true", // picture id
        "a8 05 00, true", // layers: S 0
        "a8 8005 00, true",
        "a8 8005 02, false", // S 1
        "28 00, true",
        "28 02, false",
        "28, false",
    })
    void vp9_keyStart_isToldByDescriptor(String payload, boolean expected) {
        assertThat(normalize(new Codec.Vp9(), payload).getFirst().keyStart()).isEqualTo(expected);
    }

    @Test
    void unknown_passesAndAnyPacketIsAStart() {
        RtpPacket packet = normalize(new Codec.Unknown(MediaKind.AUDIO, "G726-32", 8000), "0102")
                .getFirst();

        assertThat(packet.keyStart()).isTrue();
        assertThat(packet.marker()).isTrue();
        assertThat(packet.payloadLength()).isEqualTo(2);
    }
}
