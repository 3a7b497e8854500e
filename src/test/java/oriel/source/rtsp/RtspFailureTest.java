package oriel.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import oriel.base.Failure;
import oriel.net.MediaLoops;
import oriel.source.rtsp.SourceRun.Workshop;
import oriel.testing.VirtualClock;
import oriel.testing.camera.CameraAuth;
import oriel.testing.camera.CameraFrame;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.Quirk;
import oriel.testing.camera.SimulatedCamera;

/** How connections fail, and how they are kept alive, in virtual time. */
@Timeout(60)
class RtspFailureTest {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final MediaLoops loops = MediaLoops.open(1);
    private final VirtualClock clock = new VirtualClock();
    private final Workshop workshop = new Workshop(loops, clock);

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    void run_nobodyListens_isRefused() throws Exception {
        int port;
        try (ServerSocket socket = new ServerSocket(0)) {
            port = socket.getLocalPort();
        }
        try (SourceRun run = workshop.run("rtsp://127.0.0.1:" + port + "/a")) {
            assertThat(run.failure()).isEqualTo(new Failure.Refused("127.0.0.1", port));
        }
    }

    @Test
    void run_noSuchPath_isNotFoundWithoutTheQuery() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = workshop.run("rtsp://127.0.0.1:" + camera.port() + "/other?password=canary")) {
            assertThat(run.failure()).isEqualTo(new Failure.NotFound("/other"));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"DESCRIBE", "SETUP", "PLAY"})
    void run_stepAnsweredByAnError_saysWhich(String method) throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start()) {
            camera.answer(method, 503);
            try (SourceRun run = workshop.run(camera.plainUrl())) {
                assertThat(run.failure()).isEqualTo(new Failure.Protocol("503 Not OK to " + method));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "DESCRIBE", "SETUP", "PLAY"})
    void run_stepUnanswered_timesOut(String method) throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start()) {
            camera.answer(method, SimulatedCamera.NO_ANSWER);
            try (SourceRun run = workshop.run(camera.plainUrl())) {
                camera.await(() -> camera.count(method) == 1);
                clock.awaitWaiting(1);
                clock.advance(PATIENCE);

                assertThat(run.failure()).isEqualTo(new Failure.Timeout("127.0.0.1", PATIENCE));
            }
            camera.await(() -> camera.live() == 0);
        }
    }

    @Test
    void run_stepUnansweredWithATimeoutOfTheOwners_waitsThatLong() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start()) {
            camera.answer("DESCRIBE", SimulatedCamera.NO_ANSWER);
            try (SourceRun run = workshop.run(camera.plainUrl() + "#timeout=30")) {
                camera.await(() -> camera.count("DESCRIBE") == 1);
                passes(29);
                clock.awaitWaiting(1);
                assertThat(run.running()).isTrue();
                clock.advance(Duration.ofSeconds(1));

                assertThat(run.failure()).isEqualTo(new Failure.Timeout("127.0.0.1", Duration.ofSeconds(30)));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"OPTIONS", "DESCRIBE", "SETUP", "PLAY"})
    void run_closedBeforeTheAnswer_isAnOddAnswer(String method) throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start()) {
            camera.answer(method, SimulatedCamera.HANG_UP);
            try (SourceRun run = workshop.run(camera.plainUrl())) {
                assertThat(run.failure())
                        .isEqualTo(new Failure.Protocol("closed by the camera before the answer to " + method));
            }
        }
    }

    @Test
    void run_hungUpOn_isAnOddAnswer() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start()) {
            camera.hangUpOnNext(1);
            try (SourceRun run = workshop.run(camera.plainUrl())) {
                assertThat(run.failure()).isInstanceOf(Failure.Protocol.class);
            }
        }
    }

    @Test
    void run_portOfAWebServer_saysSo() throws Exception {
        try (ServerSocket server = new ServerSocket(0)) {
            Thread.ofVirtual().start(() -> {
                try (var socket = server.accept()) {
                    socket.getOutputStream().write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes());
                    socket.getInputStream().transferTo(OutputStream.nullOutputStream());
                } catch (IOException e) {
                    // The test has ended.
                }
            });
            try (SourceRun run = workshop.run("rtsp://127.0.0.1:" + server.getLocalPort() + "/a")) {
                assertThat(run.failure().sentence()).contains("HTTP");
            }
        }
    }

    @Test
    void run_everyTrackOnlyByUdp_isUnsupported() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start()) {
            camera.answer("SETUP", 461);
            try (SourceRun run = workshop.run(camera.plainUrl())) {
                assertThat(run.failure()).isInstanceOf(Failure.Unsupported.class);
            }
        }
    }

    @Test
    void run_nothingToSee_saysSo() throws Exception {
        try (SimulatedCamera camera =
                        SimulatedCamera.of(CameraMedia.of(CameraTrack.talk())).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            assertThat(run.failure().sentence()).contains("neither a picture nor a sound");
        }
    }

    @Test
    void run_mediaWishedThatIsNotThere_saysSo() throws Exception {
        CameraMedia sound = CameraMedia.of(CameraTrack.pcma(oriel.testing.camera.CameraFeed::byHand));
        try (SimulatedCamera camera = SimulatedCamera.of(sound).start();
                SourceRun run = workshop.run(camera.plainUrl() + "#media=video")) {
            assertThat(run.failure().sentence()).contains("no video");
        }
    }

    @Test
    void run_playing_sendsKeepAlivesAndReports() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand())
                        .timeoutSeconds(20)
                        .start();
                SourceRun run = playing(camera)) {
            camera.emit(0, RtspSourceTest.pictures(1).getFirst());
            run.session().await(s -> !s.packets(0).isEmpty());
            for (int second = 5; second <= 30; second += 5) {
                passes(5);
                int reports = second / 5;
                int keepAlives = second / 15;
                camera.await(() -> camera.receiverReports() == reports && camera.keepAlives() == keepAlives);
                answerIsRead(camera, run);
            }

            assertThat(camera.count("GET_PARAMETER")).isEqualTo(2);
            assertThat(camera.requests().getLast().header("Session")).contains("session1");
            assertThat(run.running()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"NO_PUBLIC", "NO_GET_PARAMETER"})
    void run_cameraWithoutGetParameter_isKeptAliveByOptions(String quirk) throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand())
                        .quirks(Quirk.valueOf(quirk))
                        .start();
                SourceRun run = playing(camera)) {
            for (int i = 1; i <= 2; i++) {
                passes(25);
                int options = 1 + i;
                camera.await(() -> camera.count("OPTIONS") == options);
            }

            assertThat(camera.count("GET_PARAMETER")).isEqualTo(quirk.equals("NO_GET_PARAMETER") ? 1 : 0);
            assertThat(run.running()).isTrue();
        }
    }

    // F5: a camera that is gone without a word.
    @Test
    void run_cameraHangs_endsAfterTwoUnansweredKeepAlives() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = playing(camera)) {
            camera.hang();
            passes(25);
            camera.await(() -> camera.keepAlives() == 1);
            passes(10);
            camera.await(() -> camera.keepAlives() == 2);
            passes(10);

            assertThat(run.failure()).isEqualTo(new Failure.Timeout("127.0.0.1", Duration.ofSeconds(20)));
            assertThat(camera.keepAlives()).isEqualTo(2);
            camera.reset();
        }
    }

    @Test
    void run_cameraNeverAnswersWhilePlaying_staysAsLongAsPacketsCome() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand())
                        .quirks(Quirk.MUTE_KEEP_ALIVE)
                        .start();
                SourceRun run = playing(camera)) {
            passes(25);
            for (int i = 1; i <= 4; i++) {
                int asked = i;
                camera.await(() -> camera.keepAlives() == asked);
                camera.emit(1, CameraFrame.plain(160L * i, new byte[] {1}));
                run.session().await(s -> s.flushedPackets() == asked);
                passes(10);
            }

            camera.await(() -> camera.keepAlives() == 5);
            assertThat(run.running()).isTrue();
        }
    }

    @Test
    void run_keepAliveRefused_goesOnByOptions() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = playing(camera)) {
            camera.answer("GET_PARAMETER", 401);
            passes(25);
            camera.await(() -> camera.keepAlives() == 1);
            answerIsRead(camera, run);
            passes(25);
            camera.await(() -> camera.count("OPTIONS") == 2);

            assertThat(run.running()).isTrue();
        }
    }

    @Test
    void run_sessionLostAtTheCamera_ends() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = playing(camera)) {
            camera.answer("GET_PARAMETER", 454);
            passes(25);

            assertThat(run.failure()).isEqualTo(new Failure.Protocol("454 Session Not Found to GET_PARAMETER"));
        }
    }

    @Test
    void run_anyEnd_logsNoSecret() throws Exception {
        Logger logger = (Logger) LoggerFactory.getLogger("rtsp");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        logger.addAppender(lines);
        Level level = logger.getLevel();
        logger.setLevel(Level.TRACE);
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand())
                .user("canary1", "canary2")
                .auth(CameraAuth.BASIC)
                .path("/live?password=canary3")
                .start()) {
            camera.answer("SETUP 1", 500);
            try (SourceRun run = workshop.run(camera.url() + "#transport=udp#canary=5")) {
                run.session().await(s -> !s.infos().isEmpty());
                assertThat(run.session().infos().toString()).doesNotContain("canary");
            }
            camera.redirect("rtsp://canary1:canary2@127.0.0.1:" + camera.port() + "/x?password=canary3");
            try (SourceRun run = workshop.run(camera.url())) {
                assertThat(run.failure().sentence()).doesNotContain("canary2").doesNotContain("canary3");
            }
        } finally {
            logger.setLevel(level);
            logger.detachAppender(lines);
        }
        List<String> texts =
                lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
        assertThat(texts).anyMatch(line -> line.endsWith("connected, H264"));
        assertThat(texts).noneMatch(line -> line.matches(".*canary[123].*"));
    }

    private SourceRun playing(SimulatedCamera camera) throws InterruptedException {
        SourceRun run = workshop.run(camera.plainUrl());
        run.session().await(s -> !s.infos().isEmpty());
        return run;
    }

    /** A picture comes behind the camera's answer, which would be late by a clock that moves before it is read. */
    private static void answerIsRead(SimulatedCamera camera, SourceRun run) throws InterruptedException {
        int before = run.session().packets(0).size();
        camera.emit(0, RtspSourceTest.pictures(1).getFirst());
        run.session().await(s -> s.packets(0).size() > before);
    }

    /** Moves time on once the script waits for it. */
    private void passes(int seconds) throws InterruptedException {
        clock.awaitWaiting(1);
        clock.advance(Duration.ofSeconds(seconds));
    }
}
