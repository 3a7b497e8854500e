package oriel.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Clock;
import oriel.base.Failure;
import oriel.net.MediaLoops;
import oriel.source.rtsp.SourceRun.Workshop;
import oriel.stream.Source;
import oriel.testing.MemoryPins;
import oriel.testing.Proves;
import oriel.testing.VirtualClock;
import oriel.testing.camera.CameraAuth;
import oriel.testing.camera.CameraCertificate;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraRequest;
import oriel.testing.camera.Quirk;
import oriel.testing.camera.SimulatedCamera;

/** Who we are, whom we tell, and who the camera is. */
@Timeout(60)
class RtspSignInTest {
    private static final String USER = "admin";
    private static final String PASSWORD = "pass:w@rd/#?% \u00fc";

    private final MediaLoops loops = MediaLoops.open(1);
    private final Workshop workshop = new Workshop(loops, Clock.system());

    @AfterEach
    void close() {
        loops.close();
    }

    @ParameterizedTest
    @EnumSource(value = CameraAuth.class, names = "NONE", mode = Mode.EXCLUDE)
    void run_eachWayToAsk_isAnsweredOnceAndThenKnown(CameraAuth auth) throws Exception {
        try (SimulatedCamera camera = camera(auth);
                SourceRun run = workshop.run(camera.url())) {
            run.awaitOpen();
            camera.await(() -> camera.playing() == 1);

            assertThat(camera.challenges()).isEqualTo(1);
            assertThat(camera.count("DESCRIBE")).isEqualTo(2);
            assertThat(camera.requests().getFirst().header("Authorization")).isEmpty();
        }
    }

    @ParameterizedTest
    @EnumSource(value = CameraAuth.class, names = "NONE", mode = Mode.EXCLUDE)
    void run_wrongPassword_isTriedOnce(CameraAuth auth) throws Exception {
        try (SimulatedCamera camera = camera(auth)) {
            String url = camera.url();
            camera.password("another");
            try (SourceRun run = workshop.run(url)) {
                assertThat(run.failure()).isEqualTo(new Failure.Unauthorized(USER));
                assertThat(camera.requests().stream()
                                .filter(r -> r.header("Authorization").isPresent()))
                        .hasSize(1);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(value = CameraAuth.class, names = "NONE", mode = Mode.EXCLUDE)
    void run_cameraHangsUpAfterAsking_isToldOnTheNextConnection(CameraAuth auth) throws Exception {
        try (SimulatedCamera camera = camera(auth)) {
            camera.quirk(Quirk.HANGS_UP_ON_STRANGERS, true);
            try (SourceRun run = workshop.run(camera.url())) {
                run.awaitOpen();
                camera.await(() -> camera.playing() == 1);

                assertThat(camera.connections()).isEqualTo(2);
                assertThat(camera.challenges()).isEqualTo(1);
            }
        }
    }

    @Test
    void run_cameraHangsUpAfterAsking_wrongPasswordIsTriedOnce() throws Exception {
        try (SimulatedCamera camera = camera(CameraAuth.DIGEST_MD5)) {
            String url = camera.url();
            camera.quirk(Quirk.HANGS_UP_ON_STRANGERS, true);
            camera.password("another");
            try (SourceRun run = workshop.run(url)) {
                assertThat(run.failure()).isEqualTo(new Failure.Unauthorized(USER));
                assertThat(camera.connections()).isEqualTo(2);
            }
        }
    }

    @Test
    void run_noUserInTheAddress_saysSo() throws Exception {
        try (SimulatedCamera camera = camera(CameraAuth.DIGEST_MD5);
                SourceRun run = workshop.run(camera.plainUrl())) {
            assertThat(run.failure()).isEqualTo(new Failure.Unauthorized(""));
        }
    }

    @Test
    void run_forbidden_isUnauthorized() throws Exception {
        try (SimulatedCamera camera = camera(CameraAuth.DIGEST_MD5)) {
            camera.answer("DESCRIBE", 403);
            try (SourceRun run = workshop.run(camera.url())) {
                assertThat(run.failure()).isEqualTo(new Failure.Unauthorized(USER));
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void run_nonceRunsOut_isRenewed(boolean saysStale) throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand())
                        .user(USER, PASSWORD)
                        .auth(CameraAuth.DIGEST_SHA256)
                        .nonceUses(1, saysStale)
                        .start();
                SourceRun run = workshop.run(camera.url())) {
            run.awaitOpen();
            camera.await(() -> camera.playing() == 1);

            // DESCRIBE, two SETUPs and PLAY, each with a nonce of its own.
            assertThat(camera.challenges()).isEqualTo(4);
        }
    }

    @Test
    void run_nonceRunsOutWhilePlaying_keepAliveRenewsIt() throws Exception {
        VirtualClock clock = new VirtualClock();
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand())
                        .user(USER, PASSWORD)
                        .auth(CameraAuth.DIGEST_MD5)
                        .nonceUses(4, true)
                        .start();
                SourceRun run = new Workshop(loops, clock).run(camera.url())) {
            camera.await(() -> camera.playing() == 1);
            run.session().await(s -> !s.infos().isEmpty());
            clock.awaitWaiting(1);
            clock.advance(Duration.ofSeconds(25));
            camera.await(() -> camera.count("GET_PARAMETER") == 2 && camera.challenges() == 2);

            assertThat(run.running()).isTrue();
        }
    }

    @Test
    void run_basicAfterDigestOnALaterConnection_neverShowsThePassword() throws Exception {
        try (SimulatedCamera camera = camera(CameraAuth.DIGEST_MD5)) {
            Source source = workshop.source(camera.url());
            try (SourceRun run = workshop.run(source)) {
                run.awaitOpen();
            }
            camera.auth(CameraAuth.BASIC);
            try (SourceRun run = workshop.run(source)) {
                assertThat(run.failure()).isInstanceOf(Failure.Protocol.class);
            }
            assertThat(authorizations(camera)).noneMatch(a -> a.startsWith("Basic"));
        }
    }

    @Test
    void run_sentOnWithinTheHost_signsInThereToo() throws Exception {
        try (SimulatedCamera first = camera(CameraAuth.DIGEST_MD5);
                SimulatedCamera second = camera(CameraAuth.DIGEST_SHA256)) {
            first.redirect(second.plainUrl());
            try (SourceRun run = workshop.run(first.url())) {
                run.awaitOpen();
                second.await(() -> second.playing() == 1);
                first.await(() -> first.live() == 0);
            }
        }
    }

    // T8: whoever sends us to another host does not learn there who we are.
    @Test
    void run_sentOnToAnotherHost_tellsItNothing() throws Exception {
        try (SimulatedCamera first = camera(CameraAuth.DIGEST_MD5);
                SimulatedCamera second = camera(CameraAuth.BASIC)) {
            first.redirect(second.plainUrl().replace("127.0.0.1", "localhost"));
            try (SourceRun run = workshop.run(first.url())) {
                assertThat(run.failure()).isEqualTo(new Failure.Unauthorized(""));
                assertThat(second.count("DESCRIBE")).isEqualTo(1);
                assertThat(authorizations(second)).isEmpty();
            }
        }
    }

    @Test
    void run_sentOnToAnotherHostThatIsOpen_plays() throws Exception {
        try (SimulatedCamera first = camera(CameraAuth.NONE);
                SimulatedCamera second = camera(CameraAuth.NONE)) {
            first.redirect(second.plainUrl().replace("127.0.0.1", "localhost"));
            try (SourceRun run = workshop.run(first.url())) {
                run.awaitOpen();
                second.await(() -> second.playing() == 1);
            }
        }
    }

    @Test
    void run_sentOnInCircles_endsAfterThreeTimes() throws Exception {
        try (SimulatedCamera camera = camera(CameraAuth.NONE)) {
            camera.redirect(camera.plainUrl());
            try (SourceRun run = workshop.run(camera.url())) {
                assertThat(run.failure().sentence()).contains("more than 3 times");
                assertThat(camera.count("DESCRIBE")).isEqualTo(4);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"rtsp://169.254.169.254/x", "rtsp://172.30.32.2/x", "rtsp://[fe80::1]/x"})
    void run_sentOnWhereNoCameraMaySend_isRefused(String location) throws Exception {
        try (SimulatedCamera camera = camera(CameraAuth.NONE)) {
            camera.redirect(location);
            try (SourceRun run = workshop.run(camera.url())) {
                assertThat(run.failure()).isInstanceOf(Failure.Unsupported.class);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://127.0.0.1/", "nonsense", "rtsp://"})
    void run_sentOnToNonsense_isAnOddAnswer(String location) throws Exception {
        try (SimulatedCamera camera = camera(CameraAuth.NONE)) {
            camera.redirect(location);
            try (SourceRun run = workshop.run(camera.url())) {
                assertThat(run.failure()).isInstanceOf(Failure.Protocol.class);
            }
        }
    }

    @Test
    void run_sentOnFromTlsToClear_isRefused() throws Exception {
        CameraCertificate certificate = CameraCertificate.selfSigned();
        try (SimulatedCamera first = SimulatedCamera.of(CameraMedia.byHand())
                        .tls(certificate)
                        .start();
                SimulatedCamera second = camera(CameraAuth.NONE)) {
            first.redirect(second.plainUrl());
            try (SourceRun run = workshop.run(first.plainUrl())) {
                assertThat(run.failure()).isInstanceOf(Failure.Protocol.class);
                assertThat(second.connections()).isZero();
            }
        }
    }

    @Test
    void run_sentOnToAnyCertificate_isVerifiedAllTheSame() throws Exception {
        MemoryPins pins = new MemoryPins();
        try (SimulatedCamera first = camera(CameraAuth.NONE);
                SimulatedCamera second = SimulatedCamera.of(CameraMedia.byHand())
                        .tls(CameraCertificate.selfSigned())
                        .start()) {
            pins.remember(
                    "127.0.0.1", second.port(), CameraCertificate.selfSigned().sha256());
            first.redirect(second.plainUrl().replace("rtsps://", "rtspx://"));
            try (SourceRun run = new Workshop(loops, Clock.system(), pins).run(first.url())) {
                assertThat(run.failure()).isInstanceOf(Failure.Tls.class);
            }
        }
    }

    @Test
    void run_rtspxSentOnWithinTheHost_staysUnverified() throws Exception {
        MemoryPins pins = new MemoryPins();
        try (SimulatedCamera first = SimulatedCamera.of(CameraMedia.byHand())
                        .tls(CameraCertificate.selfSigned())
                        .start();
                SimulatedCamera second = SimulatedCamera.of(CameraMedia.byHand())
                        .tls(CameraCertificate.selfSigned())
                        .start()) {
            first.redirect(second.plainUrl());
            String url = first.url().replace("rtsps://", "rtspx://");
            try (SourceRun run = new Workshop(loops, Clock.system(), pins).run(url)) {
                run.awaitOpen();
            }
            assertThat(pins.count()).isZero();
        }
    }

    @Test
    @Proves("S-050")
    void run_rtspsByAddress_pinsTheFirstCertificateAndRefusesAnother() throws Exception {
        MemoryPins pins = new MemoryPins();
        Workshop pinning = new Workshop(loops, Clock.system(), pins);
        CameraCertificate certificate = CameraCertificate.selfSigned();
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand())
                .user(USER, PASSWORD)
                .auth(CameraAuth.BASIC)
                .tls(certificate)
                .start()) {
            try (SourceRun run = pinning.run(camera.url())) {
                run.awaitOpen();
                camera.await(() -> camera.playing() == 1);
            }
            assertThat(pins.pin("127.0.0.1", camera.port())).contains(certificate.sha256());
            pins.remember(
                    "127.0.0.1", camera.port(), CameraCertificate.selfSigned().sha256());
            try (SourceRun run = pinning.run(camera.url())) {
                assertThat(run.failure().sentence()).contains("rtspx://");
            }
            try (SourceRun run = pinning.run(camera.url().replace("rtsps://", "rtspx://"))) {
                run.awaitOpen();
            }
            assertThat(camera.requests().getFirst().uri()).startsWith("rtsps://127.0.0.1:");
        }
    }

    @Test
    void run_optionsRefusedToStrangers_asksAllTheSame() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand())
                .quirks(Quirk.OPTIONS_REFUSED)
                .start()) {
            camera.answer("OPTIONS", 401);
            try (SourceRun run = workshop.run(camera.url())) {
                run.awaitOpen();
            }
        }
    }

    private static SimulatedCamera camera(CameraAuth auth) {
        return SimulatedCamera.of(CameraMedia.byHand())
                .user(USER, PASSWORD)
                .auth(auth)
                .start();
    }

    private static List<String> authorizations(SimulatedCamera camera) {
        return camera.requests().stream()
                .flatMap((CameraRequest r) -> r.header("Authorization").stream())
                .toList();
    }
}
