package oriel.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.Clock;
import oriel.base.Failure;
import oriel.media.Track;
import oriel.net.MediaLoops;
import oriel.source.rtsp.RecordingSession.Packet;
import oriel.source.rtsp.SourceRun.Workshop;
import oriel.testing.MemoryPins;
import oriel.testing.camera.GstreamerRig;

/** Against cameras that we did not write. */
@Timeout(120)
class RtspRigIT {
    private static @Nullable GstreamerRig rig;

    private final MediaLoops loops = MediaLoops.open(2);
    private final MemoryPins pins = new MemoryPins();
    private final Workshop workshop = new Workshop(loops, Clock.system(), pins);

    @BeforeAll
    static void start() throws IOException {
        rig = GstreamerRig.orSkip();
    }

    @AfterAll
    static void stop() throws IOException {
        if (rig != null) {
            rig.close();
        }
    }

    @AfterEach
    void close() {
        loops.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "/h264aac   | video, recvonly, H264 | audio, recvonly, AAC/44100/2",
                "/h264pcma  | video, recvonly, H264 | audio, recvonly, PCMA/8000",
                "/h264opus  | video, recvonly, H264 | audio, recvonly, OPUS/48000/2",
                "/h265aac   | video, recvonly, H265 | audio, recvonly, AAC/44100/2",
                "/mjpegpcmu | video, recvonly, JPEG | audio, recvonly, PCMU/8000",
            })
    void run_eachMount_bringsPictureAndSoundWithTheirClocks(String mount, String picture, String sound)
            throws Exception {
        try (SourceRun run = workshop.run(rig().open(mount))) {
            plays(run);

            assertThat(run.session().description().tracks())
                    .extracting(Track::toString)
                    .containsExactly(picture, sound);
            run.session().await(s -> s.clocks().size() >= 2);
            assertThat(run.session().allDropped()).isEmpty();
            inSequence(run.session().packets(0));
            inSequence(run.session().packets(1));
        }
    }

    @Test
    void run_digest_signsIn() throws Exception {
        try (SourceRun run = workshop.run(rig().digest("/h264opus"))) {
            plays(run);
        }
    }

    @Test
    void run_digestWithAWrongPassword_isUnauthorized() throws Exception {
        String url = rig().digest("/h264opus").replace("pass%3A", "other%3A");
        try (SourceRun run = workshop.run(url)) {
            assertThat(run.failure()).isEqualTo(new Failure.Unauthorized("admin"));
        }
    }

    @Test
    void run_rtsps_pinsAndPlays() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (SourceRun run = workshop.run(rig().tls("/h264pcma"))) {
                plays(run);
            }
        }
        assertThat(pins.count()).isEqualTo(1);
    }

    @Test
    void run_rtspx_plays() throws Exception {
        try (SourceRun run = workshop.run(rig().tls("/h264pcma").replace("rtsps:", "rtspx:"))) {
            plays(run);
        }
        assertThat(pins.count()).isZero();
    }

    @Test
    void run_noSuchMount_isNotFound() throws Exception {
        try (SourceRun run = workshop.run(rig().open("/nothing?x"))) {
            assertThat(run.failure()).isEqualTo(new Failure.NotFound("/nothing"));
        }
    }

    @Test
    void run_onlyByUdp_isUnsupported() throws Exception {
        try (SourceRun run = workshop.run(rig().open("/udponly"))) {
            assertThat(run.failure()).isInstanceOf(Failure.Unsupported.class);
        }
    }

    @Test
    void run_twice_connectsAgainAfterGoodbye() throws Exception {
        for (int i = 0; i < 2; i++) {
            try (SourceRun run = workshop.run(rig().open("/h264aac"))) {
                plays(run);
                run.interrupt();
                assertThat(run.end()).isInstanceOf(InterruptedException.class);
            }
        }
    }

    private static GstreamerRig rig() {
        return Objects.requireNonNull(rig);
    }

    private static void plays(SourceRun run) throws InterruptedException {
        run.awaitOpen()
                .session()
                .await(s -> s.packets(0).size() >= 50 && s.packets(1).size() >= 10);
        assertThat(run.running()).isTrue();
    }

    private static void inSequence(List<Packet> packets) {
        for (int i = 1; i < packets.size(); i++) {
            assertThat(packets.get(i).sequence()).isEqualTo((packets.get(i - 1).sequence() + 1) & 0xFFFF);
        }
    }
}
