package oriel.testing.camera;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.rtp.RtpPacket;
import oriel.rtp.RtpView;
import oriel.rtp.payload.Depacketizer;
import oriel.rtp.payload.Depacketizers;
import oriel.rtp.payload.Normalizer;
import oriel.rtp.payload.Normalizers;

/** What the simulated camera sends is what the product reads: two readings of the RFCs that share no code. */
class CameraFrameTest {
    private static final byte[] SPS = HexFormat.of().parseHex("6742c01f8c8d40");
    private static final byte[] PPS = HexFormat.of().parseHex("68ce3c80");

    @Test
    void nalUnits_ofAnnexB_areWhatStandsBetweenStartCodes() {
        byte[] annexB = HexFormat.of().parseHex("00000001 6742c0 000001 68ce 00000001 65aabb00".replace(" ", ""));

        assertThat(CameraFrame.nalUnits(annexB))
                .extracting(HexFormat.of()::formatHex)
                .containsExactly("6742c0", "68ce", "65aabb");
        assertThat(CameraFrame.nalUnits(new byte[] {0, 0})).isEmpty();
    }

    @Test
    void h264_smallAndLargeUnits_comeOutAsTheyWentIn() throws MalformedException {
        byte[] slice = unit(0x65, 9000);
        byte[] next = unit(0x41, 100);

        List<AccessUnit> units = through(
                new Codec.H264(Bytes.of(SPS), Bytes.of(PPS)),
                CameraFrame.h264(0, List.of(SPS, PPS, slice)),
                CameraFrame.h264(3600, List.of(next)));

        assertThat(units).hasSize(2);
        assertThat(units.getFirst().key()).isTrue();
        assertThat(units.getFirst().parts()).containsExactly(Bytes.of(SPS), Bytes.of(PPS), Bytes.of(slice));
        assertThat(units.getLast().parts()).containsExactly(Bytes.of(next));
        assertThat(units.getLast().ptsTicks() - units.getFirst().ptsTicks()).isEqualTo(3600);
    }

    @Test
    void h264AnnexB_isTheSameAsItsUnits() {
        ByteArrayOutputStream annexB = new ByteArrayOutputStream();
        for (byte[] nal : List.of(SPS, PPS, unit(0x65, 50))) {
            annexB.writeBytes(new byte[] {0, 0, 0, 1});
            annexB.writeBytes(nal);
        }
        CameraFrame frame = CameraFrame.h264AnnexB(7, annexB.toByteArray());

        assertThat(frame.key()).isTrue();
        assertThat(frame.payloads()).hasSize(3);
        assertThat(frame.ticks()).isEqualTo(7);
    }

    @Test
    void h265_largeUnit_comesOutAsItWentIn() throws MalformedException {
        byte[] vps = HexFormat.of().parseHex("40010c01ffff016000000300b0000003000003007bac09");
        byte[] sps = Base64.getDecoder().decode("QgEBAWAAAAMAsAAAAwAAAwB7oAPAgBDljTuSTL03AQEBAIA=");
        byte[] pps = HexFormat.of().parseHex("4401c0f2f03c90");
        byte[] idr = unit(0x26, 5000); // IDR_W_RADL
        idr[1] = 1;
        idr[2] = (byte) 0xDA; // first slice of its picture
        byte[] trail = unit(0x02, 60);
        trail[1] = 1;
        trail[2] = (byte) 0xDA;

        List<AccessUnit> units = through(
                Codec.H265.unknown(),
                CameraFrame.h265(0, List.of(vps, sps, pps, idr)),
                CameraFrame.h265(3600, List.of(trail)));

        assertThat(units.getFirst().parts()).contains(Bytes.of(idr));
        assertThat(CameraFrame.h265(0, List.of(idr)).key()).isTrue();
        assertThat(CameraFrame.h265(0, List.of(trail)).key()).isFalse();
    }

    @Test
    void aac_accessUnit_comesOutAsItWentIn() throws MalformedException {
        byte[] sound = unit(0x21, 300);

        List<AccessUnit> units = through(new Codec.Aac(44_100, 2, Bytes.ofHex("1210")), CameraFrame.aac(1024, sound));

        assertThat(units).singleElement().satisfies(u -> assertThat(u.parts()).containsExactly(Bytes.of(sound)));
    }

    @Test
    void looping_feed_beginsAnewAtTheEndAndWhenAsked() {
        CameraFeed feed = CameraFeed.looping(
                List.of(
                        CameraFrame.plain(0, new byte[] {0}),
                        CameraFrame.plain(9, new byte[] {1}),
                        CameraFrame.plain(9, new byte[] {2})),
                100);

        assertThat(contents(feed, 4)).containsExactly("0@0", "1@100", "2@200", "0@300");
        feed.onKeyFrameRequest();
        assertThat(contents(feed, 2)).containsExactly("0@400", "1@500");
    }

    private static List<String> contents(CameraFeed feed, int count) {
        List<String> contents = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Optional<CameraFrame> frame = feed.next();
            contents.add(
                    frame.map(f -> f.payloads().getFirst()[0] + "@" + f.ticks()).orElse("none"));
        }
        return contents;
    }

    private static List<AccessUnit> through(Codec codec, CameraFrame... frames) throws MalformedException {
        CameraTrack track = new CameraTrack(List.of("m=x"), 96, 90_000, CameraFeed::byHand);
        CameraLane lane = new CameraLane(track, 0, 1, 5, 96, 65_534, 0);
        Normalizer normalizer = Normalizers.of(codec);
        Depacketizer depacketizer = Depacketizers.of(codec);
        List<RtpPacket> packets = new ArrayList<>();
        RtpView view = new RtpView();
        for (CameraFrame frame : frames) {
            for (byte[] packet : lane.packets(frame)) {
                view.wrap(ByteBuffer.wrap(packet), 0, packet.length);
                normalizer.accept(view, view.timestamp(), packets::add);
            }
        }
        List<AccessUnit> units = new ArrayList<>();
        for (RtpPacket packet : packets) {
            depacketizer.accept(packet, units::add);
        }
        return units;
    }

    private static byte[] unit(int first, int length) {
        byte[] unit = new byte[length];
        Arrays.fill(unit, (byte) 0x5A);
        unit[0] = (byte) first;
        return unit;
    }
}
