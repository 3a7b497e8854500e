package oriel.rtp.payload;

import static org.assertj.core.api.Assertions.assertThat;
import static oriel.rtp.payload.Units.H264;
import static oriel.rtp.payload.Units.idr;
import static oriel.rtp.payload.Units.inter;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import oriel.base.Bytes;
import oriel.rtp.RtpPacket;

/** Where pictures end, whatever the camera marks. */
class PictureEndTest {
    private final Random random = new Random(7);
    private final Track track = new Track(H264);
    private final NalCamera camera = new NalCamera(false, 1400, 0);

    private void unmarked(long timestamp, Bytes... units) {
        for (Bytes unit : units) {
            if (unit.length() <= 1400) {
                track.feed(camera.single(timestamp, unit, false));
            } else {
                track.feed(camera.fragments(timestamp, unit, false));
            }
        }
    }

    @Test
    void accept_cameraThatNeverMarks_isMarkedFromTheFourthPictureOn() {
        unmarked(0, idr(random, 100));
        for (int i = 1; i < 7; i++) {
            unmarked(i * 3600L, inter(random, 100), Units.slice(random, 1, 9, Units.P, 100));
        }

        assertThat(track.marks()).isEqualTo("0k 1 2 3 4 5 6 7m 8 9m 10 11m 12");
        assertThat(track.units).hasSize(6); // the last one waits for the next timestamp
        unmarked(7 * 3600, inter(random, 100));
        assertThat(track.marks()).endsWith("12 13m");
    }

    @Test
    void accept_cameraThatNeverMarks_holdsOnlyTheLastPacketBack() {
        for (int i = 0; i < 4; i++) {
            unmarked(i * 3600L, inter(random, 100));
        }
        int before = track.packets.size();
        unmarked(4 * 3600, inter(random, 100_000));

        assertThat(track.packets).hasSize(before + 1 + (99_999 + 1185) / 1186 - 1);
    }

    @Test
    void accept_markersThatComeAfterAll_endThePictureAtOnce() {
        for (int i = 0; i < 5; i++) {
            unmarked(i * 3600L, inter(random, 100));
        }
        track.feed(camera.single(5 * 3600, inter(random, 100), true));

        assertThat(track.marks()).isEqualTo("0 1 2 3m 4m 5m");
    }

    /** The slices go unmarked and a filler behind them is marked, which no viewer gets. */
    @Test
    void accept_cameraThatMarksWhatIsDropped_isMarkedFromTheFourthPictureOn() {
        for (int i = 0; i < 5; i++) {
            track.feed(camera.picture(i * 3600L, List.of(inter(random, 100), Units.FILLER), false));
        }

        assertThat(track.marks()).isEqualTo("0 1 2 3m 4m"); // the fifth left with its filler, unlike without markers
    }

    @Test
    void accept_markersLost_areNotTakenForACameraWithout() {
        for (int i = 0; i < 20; i++) {
            unmarked(i * 3600L, inter(random, 100));
            camera.lose();
        }
        int before = track.packets.size();
        unmarked(20 * 3600, inter(random, 100));

        assertThat(track.packets).hasSize(before + 1).noneMatch(RtpPacket::marker);
    }

    @Test
    void accept_markersMissingNowAndThen_doNotHoldBack() {
        for (int i = 0; i < 30; i++) {
            track.feed(camera.single(i * 3600L, inter(random, 100), i % 3 == 0));
        }

        assertThat(track.packets).hasSize(30);
    }

    @Test
    void accept_gapBehindAPacketHeldBack_leavesItUnmarked() {
        for (int i = 0; i < 5; i++) {
            unmarked(i * 3600L, inter(random, 100));
        }
        camera.lose();
        unmarked(5 * 3600, inter(random, 100));
        unmarked(6 * 3600, inter(random, 100));

        assertThat(track.marks()).isEqualTo("0 1 2 3m 4 6m");
    }

    @Test
    void accept_markOnSeiBehindTheSlices_endsThePicture() {
        track.feed(camera.picture(0, List.of(inter(random, 100), Units.SEI), false));

        assertThat(track.kinds()).isEqualTo("41 06");
        assertThat(track.marks()).isEqualTo("0 1m");
    }

    @Test
    void accept_setsMarkedBehindTheSlices_endNothing() {
        unmarked(0, inter(random, 100));
        track.feed(camera.single(0, Units.SPS, true));
        unmarked(0, Units.slice(random, 1, 9, Units.P, 100));
        track.feed(camera.single(0, Units.slice(random, 1, 10, Units.P, 100), true));

        assertThat(track.marks()).isEqualTo("0 1 2m");
        assertThat(track.units).hasSize(1);
    }
}
