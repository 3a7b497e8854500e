package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.rtp.RtpPacket;

/** Pictures of VP8, VP9 and AV1 packets; those that are encoded for real are in the worker's tests. */
class FrameDepacketizerTest {
    private final List<AccessUnit> units = new ArrayList<>();
    private Depacketizer depacketizer = Depacketizers.of(new Codec.Vp8());
    private long sequence;

    @BeforeEach
    void begin() {
        units.clear();
        sequence = 10;
    }

    private void take(String hex, long ptsTicks, boolean marker, boolean key) throws MalformedException {
        byte[] payload = Bytes.ofHex(hex).toArray();
        byte[] array = new byte[RtpPacket.HEADER_BYTES + payload.length];
        System.arraycopy(payload, 0, array, RtpPacket.HEADER_BYTES, payload.length);
        depacketizer.accept(RtpPacket.take(array, array.length, sequence++, ptsTicks, marker, key), units::add);
    }

    private String only() {
        assertThat(units).hasSize(1);
        return units.getFirst().parts().getFirst().toHex();
    }

    @ParameterizedTest
    @CsvSource({
        "VP8, 10aabb, aabb",
        "VP8, 9080 81 02 aabb, aabb", // picture ID of two bytes
        "VP8, 90f0 01 02 03 aabb, aabb", // picture ID, TL0PICIDX, TID and KEYIDX
        "VP9, 0caabb, aabb",
        "VP9, 8c 81 02 aabb, aabb",
        "VP9, ac 01 00 07 aabb, aabb", // layers and TL0PICIDX
        "VP9, 0e 08 01 04 02 aabb, aabb", // structure with one picture of one reference
        "AV1, 10 08aabb, 12000a02aabb", // one element: a sequence header
        "AV1, 00 0108 03300102, 12000a0032020102", // elements behind their lengths
        "AV1, 10 0a02aabb, 12000a02aabb", // that has its size already
        "AV1, 20 0110 30aabb, 12003202aabb" // a delimiter is passed over
    })
    void picture_isWhatStandsBehindTheDescriptor(String codec, String payload, String picture) throws Exception {
        depacketizer = Depacketizers.of(
                switch (codec) {
                    case "VP8" -> new Codec.Vp8();
                    case "VP9" -> new Codec.Vp9();
                    default -> new Codec.Av1();
                });
        take(payload, 0, true, true);
        assertThat(only()).isEqualTo(picture);
        assertThat(units.getFirst().key()).isTrue();
    }

    @Test
    void packets_ofOnePicture_areJoined_andTheNextIsNoKey() throws Exception {
        take("10aa", 0, false, true);
        take("00bb", 0, true, false);
        take("10cc", 3600, true, false);
        assertThat(units).extracting(unit -> unit.parts().getFirst().toHex()).containsExactly("aabb", "cc");
        assertThat(units).extracting(AccessUnit::key).containsExactly(true, false);
    }

    @Test
    void pictureWithoutMarker_endsWhereTheNextBegins() throws Exception {
        take("10aa", 0, false, true);
        take("10cc", 3600, false, false);
        assertThat(only()).isEqualTo("aa");
    }

    @Test
    void lostPacket_costsAllUntilTheNextKeyFrame() throws Exception {
        take("10aa", 0, false, true);
        sequence++;
        take("00bb", 0, true, false);
        take("10cc", 3600, true, false);
        take("10dd", 7200, true, true);
        assertThat(only()).isEqualTo("dd");
    }

    @Test
    void beforeTheFirstKeyFrame_nothingIsMade() throws Exception {
        take("10aa", 0, true, false);
        assertThat(units).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "VP8, 90f0",
        "VP8, 90",
        "VP9, be",
        "VP9, 8a81",
        "VP9, 0a f8 00",
        "AV1, 90aabb",
        "AV1, 50aabb",
        "AV1, 00 05aa",
        "AV1, 1034",
        "AV1, 30 01aa"
    })
    void descriptorCutOff_orUnitWithoutEnd_isMalformed_andTheNextKeyFrameIsTaken(String codec, String payload)
            throws Exception {
        depacketizer = Depacketizers.of(
                codec.equals("VP8") ? new Codec.Vp8() : codec.equals("VP9") ? new Codec.Vp9() : new Codec.Av1());
        assertThatThrownBy(() -> take(payload, 0, true, true)).isInstanceOf(MalformedException.class);
        assertThat(units).isEmpty();
        String good = codec.equals("VP8") ? "10aa" : codec.equals("VP9") ? "0caa" : "1008aa";
        take(good, 3600, true, true);
        assertThat(units).hasSize(1);
    }

    @Test
    void pictureBeyondTheBound_isMalformed() throws Exception {
        take("10aa", 0, false, true);
        assertThatThrownBy(() -> {
                    for (int i = 0; i <= FrameDepacketizer.MAX_PACKETS; i++) {
                        take("00bb", 0, false, false);
                    }
                })
                .isInstanceOf(MalformedException.class);
        take("00bb", 0, true, false);
        assertThat(units).isEmpty();
    }
}
