package oriel.source.rtsp;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Bytes;
import oriel.base.Clock;
import oriel.base.Failure;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.Track;
import oriel.net.MediaLoops;
import oriel.source.rtsp.RecordingSession.Packet;
import oriel.source.rtsp.SourceRun.Workshop;
import oriel.stream.Source;
import oriel.stream.SourceInfo;
import oriel.testing.Proves;
import oriel.testing.camera.CameraFeed;
import oriel.testing.camera.CameraFrame;
import oriel.testing.camera.CameraMedia;
import oriel.testing.camera.CameraRequest;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.Quirk;
import oriel.testing.camera.SimulatedCamera;

/** What a playing connection does. */
@Timeout(60)
class RtspSourceTest {
    private static final byte[] SPS = HexFormat.of().parseHex("6742c01f8c8d40");
    private static final byte[] OTHER_SPS = HexFormat.of().parseHex("6742c01e8c8d40");
    private static final byte[] PPS = HexFormat.of().parseHex("68ce3c80");

    private final MediaLoops loops = MediaLoops.open(2);
    private final Workshop workshop = new Workshop(loops, Clock.system());

    @AfterEach
    void close() {
        loops.close();
    }

    @Test
    @Proves({"S-050", "S-051"})
    void run_pictureAndSound_opensBothAndHandsOnEachPacket() throws Exception {
        List<CameraFrame> pictures = pictures(20);
        List<CameraFrame> sounds = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            sounds.add(CameraFrame.plain(160L * i, new byte[] {(byte) i, 1, 2}));
        }
        CameraMedia media = CameraMedia.of(
                        CameraTrack.h264(SPS, PPS, () -> CameraFeed.once(pictures)),
                        CameraTrack.pcma(() -> CameraFeed.once(sounds)))
                .fast();
        try (SimulatedCamera camera = SimulatedCamera.of(media).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            RecordingSession session = run.session();
            int expected = pictures.stream().mapToInt(f -> f.payloads().size()).sum();
            session.await(s -> s.packets(0).size() == expected && s.packets(1).size() == 20);

            assertThat(session.description().tracks())
                    .containsExactly(
                            new Track(0, Direction.RECVONLY, new Codec.H264(Bytes.of(SPS), Bytes.of(PPS))),
                            new Track(1, Direction.RECVONLY, new Codec.G711(Codec.G711.Law.A, 8000, 1)));
            assertThat(payloads(session.packets(0))).isEqualTo(payloadsOf(pictures));
            assertThat(payloads(session.packets(1))).isEqualTo(payloadsOf(sounds));
            assertThat(session.packets(0)).extracting(Packet::payloadType).containsOnly(96);
            assertThat(session.packets(1)).extracting(Packet::timestamp).startsWith(1000L, 1160L);
            session.await(s -> s.flushedPackets() == s.packets().size());
            assertThat(session.flushes()).isPositive();
            assertThat(session.allDropped()).isEmpty();
        }
    }

    @Test
    void run_connected_tellsWhatItIs() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            run.session().await(s -> !s.infos().isEmpty());
            SourceInfo info = run.session().infos().getFirst();

            assertThat(info.format()).isEqualTo("rtsp");
            assertThat(info.protocol()).isEqualTo("rtsp+tcp");
            assertThat(info.remote()).isEqualTo("127.0.0.1:" + camera.port());
            assertThat(info.agent()).isEqualTo("Simulated/1.0");
            assertThat(info.sdp()).contains("a=rtpmap:96 H264/90000");
        }
    }

    @Test
    void run_eachStep_isAskedInOrderWithoutUserOrOptions() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand())
                        .user("admin", "p:w@rd")
                        .path("/live?channel=1&x=%2F")
                        .start();
                SourceRun run = workshop.run(camera.url() + "#timeout=9")) {
            camera.await(() -> camera.playing() == 1);
            String uri = camera.plainUrl();

            assertThat(camera.requests())
                    .extracting(r -> r.method() + " " + r.uri())
                    .containsExactly(
                            "OPTIONS " + uri,
                            "DESCRIBE " + uri,
                            "SETUP " + uri + "/trackID=0",
                            "SETUP " + uri + "/trackID=1",
                            "PLAY " + uri + "/");
            assertThat(camera.requests().get(1).header("Accept")).contains("application/sdp");
            assertThat(camera.requests().get(2).header("Transport")).contains("RTP/AVP/TCP;unicast;interleaved=0-1");
            assertThat(camera.requests().get(2).header("Session")).isEmpty();
            assertThat(camera.requests().get(3).header("Transport")).contains("RTP/AVP/TCP;unicast;interleaved=2-3");
            assertThat(camera.requests().get(3).header("Session")).contains("session1");
            assertThat(camera.requests().get(4).header("Range")).contains("npt=0.000-");
            assertThat(camera.requests()).allMatch(r -> r.header("User-Agent").isPresent());
            run.awaitOpen();
        }
    }

    @ParameterizedTest
    @EnumSource(Quirk.class)
    void run_cameraWithAQuirk_playsAllTheSame(Quirk quirk) throws Exception {
        List<CameraFrame> pictures = pictures(12);
        CameraMedia media = CameraMedia.of(
                        CameraTrack.h264(SPS, PPS, () -> CameraFeed.once(pictures)),
                        CameraTrack.pcma(() -> CameraFeed.once(List.of(CameraFrame.plain(0, new byte[] {1, 2})))))
                .fast();
        try (SimulatedCamera camera = SimulatedCamera.of(media).quirks(quirk).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            int expected = payloadsOf(pictures).size();
            run.awaitOpen()
                    .session()
                    .await(s -> s.packets(0).size() == expected && s.packets(1).size() == 1);

            assertThat(payloads(run.session().packets(0))).isEqualTo(payloadsOf(pictures));
            run.session().await(s -> s.clocks().size() == 2);
        }
    }

    @Test
    void run_cameraAsksWhilePlaying_isAnswered() throws Exception {
        CameraMedia media = CameraMedia.of(CameraTrack.h264(SPS, PPS, () -> CameraFeed.once(pictures(12))))
                .fast();
        try (SimulatedCamera camera =
                        SimulatedCamera.of(media).quirks(Quirk.ASKS_OPTIONS).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            camera.await(() -> camera.answers() == 2);
            assertThat(run.running()).isTrue();
        }
    }

    @Test
    void run_strayBytes_areCounted() throws Exception {
        CameraMedia media = CameraMedia.of(CameraTrack.h264(SPS, PPS, () -> CameraFeed.once(pictures(12))))
                .fast();
        try (SimulatedCamera camera =
                        SimulatedCamera.of(media).quirks(Quirk.STRAY_BYTES).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            run.session().await(s -> s.dropped("stray", 0) >= 1);
        }
    }

    @Test
    void run_sequenceAndTimeWrap_areHandedOnAsTheyAre() throws Exception {
        CameraMedia media = CameraMedia.of(CameraTrack.h264(SPS, PPS, () -> CameraFeed.once(pictures(30))))
                .fast();
        try (SimulatedCamera camera =
                        SimulatedCamera.of(media).begin(65530, 0xFFFF_FF00L).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            int expected = payloadsOf(pictures(30)).size();
            run.session().await(s -> s.packets(0).size() == expected);

            assertThat(run.session().packets(0))
                    .extracting(Packet::sequence)
                    .startsWith(65530)
                    .contains(0, 1);
            assertThat(run.session().packets(0))
                    .extracting(Packet::timestamp)
                    .startsWith(0xFFFF_FF00L)
                    .contains(3344L);
        }
    }

    @Test
    void run_otherSsrcInTheMiddle_goesOn() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            camera.await(() -> camera.playing() == 1);
            camera.emitPacket(0, rtp(96, 7, 0x11111111));
            camera.emitPacket(0, rtp(96, 900, 0x22222222));
            camera.emitPacket(0, rtp(96, 901, 0x22222222));

            run.session().await(s -> s.packets(0).size() == 3);
            assertThat(run.session().packets(0)).extracting(Packet::sequence).containsExactly(7, 900, 901);
        }
    }

    @Test
    void run_malformedPackets_areCountedAndTheRestGoesOn() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            camera.await(() -> camera.playing() == 1);
            camera.emitPacket(0, new byte[] {(byte) 0x80, 96, 0});
            camera.emitPacket(0, new byte[12]);
            camera.emitReport(0, new byte[] {(byte) 0x80, (byte) 200, 0, 6, 0, 0});
            camera.emitRaw(new byte[] {'$', 9, 0, 1, 0});
            camera.emitPacket(0, rtp(96, 1, 5));

            run.session().await(s -> s.packets(0).size() == 1);
            assertThat(run.session().allDropped().values().stream()
                            .mapToInt(i -> i)
                            .sum())
                    .isEqualTo(4);
            assertThat(run.session().dropped("channel", 0)).isEqualTo(1);
        }
    }

    @Test
    void run_payloadTypeOtherThanAnnounced_isTakenUntilTheAnnouncedOneComes() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            camera.await(() -> camera.playing() == 1);
            camera.emitPacket(0, rtp(100, 1, 5));
            camera.emitPacket(0, rtp(101, 2, 5));
            camera.emitPacket(0, rtp(96, 3, 5));
            camera.emitPacket(0, rtp(100, 4, 5));
            camera.emitPacket(0, rtp(96, 5, 5));

            run.session().await(s -> s.packets(0).size() == 3 && s.dropped("payload type", 0) == 2);
            assertThat(run.session().packets(0)).extracting(Packet::sequence).containsExactly(1, 3, 5);
        }
    }

    @Test
    void run_senderReport_setsTheClock() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            camera.await(() -> camera.playing() == 1);
            camera.emitSenderReport(1, 800, Instant.parse("2026-03-04T05:06:07.5Z"));

            run.session().await(s -> !s.clocks().isEmpty());
            assertThat(run.session().clocks()).containsExactly("1 1800 2026-03-04T05:06:07.500Z");
        }
    }

    @Test
    void run_goodbye_ends() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            camera.await(() -> camera.playing() == 1);
            camera.emit(0, pictures(1).getFirst());
            camera.emitBye(0);

            assertThat(run.failure().sentence()).contains("goodbye");
        }
    }

    @Test
    void run_goodbyeOfSomebodyElse_goesOn() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            camera.await(() -> camera.playing() == 1);
            camera.emit(0, pictures(1).getFirst());
            camera.emitReport(0, HexFormat.of().parseHex("81cb000100000001"));
            camera.emit(0, pictures(1).getFirst());

            run.session()
                    .await(s ->
                            s.packets(0).size() == 2 * payloadsOf(pictures(1)).size());
            assertThat(run.running()).isTrue();
        }
    }

    @Test
    void run_keyFrameWished_asksTheCameraByPli() throws Exception {
        List<CameraFrame> pictures = pictures(10);
        CameraMedia media = CameraMedia.of(CameraTrack.h264(SPS, PPS, () -> CameraFeed.looping(pictures, 3600)));
        try (SimulatedCamera camera = SimulatedCamera.of(media).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            run.session()
                    .await(s -> s.keyFrameRequest().isPresent() && !s.packets(0).isEmpty());
            run.session().home().execute(run.session().keyFrameRequest().orElseThrow());

            camera.await(() -> camera.keyFrameRequests() == 1);
            assertThat(camera.receiverReports()).isEqualTo(1);
        }
    }

    @Test
    void run_cameraThatPromisesNoFeedback_isNeverAskedForKeyFrames() throws Exception {
        CameraTrack plain = new CameraTrack(
                List.of("m=video 0 RTP/AVP 96", "a=rtpmap:96 H264/90000"), 96, 90_000, CameraFeed::byHand);
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.of(plain)).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            run.session().await(s -> !s.infos().isEmpty());

            assertThat(run.session().keyFrameRequest()).isEmpty();
        }
    }

    @Test
    void run_talkTrack_isDescribedAndNotSetUp() throws Exception {
        CameraMedia media = CameraMedia.of(CameraTrack.talk(), CameraTrack.h264(SPS, PPS, CameraFeed::byHand));
        try (SimulatedCamera camera = SimulatedCamera.of(media).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            run.awaitOpen();

            assertThat(run.session().description().tracks())
                    .extracting(Track::toString)
                    .containsExactly("audio, sendonly, PCMU/8000", "video, recvonly, H264");
            assertThat(camera.count("SETUP")).isEqualTo(1);
        }
    }

    @Test
    void run_talkSwitchedOff_isNotDescribed() throws Exception {
        CameraMedia media = CameraMedia.of(CameraTrack.h264(SPS, PPS, CameraFeed::byHand), CameraTrack.talk());
        try (SimulatedCamera camera = SimulatedCamera.of(media).start();
                SourceRun run = workshop.run(camera.plainUrl() + "#backchannel=0")) {
            run.awaitOpen();

            assertThat(run.session().description().tracks()).hasSize(1);
        }
    }

    @Test
    void run_onlySoundWished_setsUpNothingElse() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = workshop.run(camera.plainUrl() + "#media=audio")) {
            camera.await(() -> camera.playing() == 1);
            camera.emit(1, CameraFrame.plain(0, new byte[] {1}));
            run.session().await(s -> s.packets(0).size() == 1);

            assertThat(run.session().description().tracks())
                    .extracting(Track::toString)
                    .containsExactly("audio, recvonly, PCMA/8000");
            assertThat(camera.requests().stream().filter(r -> r.method().equals("SETUP")))
                    .singleElement()
                    .matches(r -> r.uri().endsWith("trackID=1"));
        }
    }

    @Test
    void run_udpWished_goesOnByTcp() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = workshop.run(camera.plainUrl() + "#transport=udp")) {
            run.awaitOpen();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 461, 500})
    void run_oneTrackRefused_playsTheOther(int status) throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start()) {
            camera.answer("SETUP 0", status);
            try (SourceRun run = workshop.run(camera.plainUrl())) {
                camera.await(() -> camera.playing() == 1);
                camera.emit(1, CameraFrame.plain(0, new byte[] {1}));
                run.session().await(s -> s.packets(0).size() == 1);

                assertThat(run.session().description().tracks())
                        .extracting(Track::toString)
                        .containsExactly("audio, recvonly, PCMA/8000");
            }
        }
    }

    @Test
    void run_again_describesWhatTheCameraHasBecome() throws Exception {
        CameraMedia before = CameraMedia.of(CameraTrack.h264(SPS, PPS, CameraFeed::byHand));
        CameraMedia after = CameraMedia.of(CameraTrack.h264(OTHER_SPS, PPS, CameraFeed::byHand));
        try (SimulatedCamera camera = SimulatedCamera.of(before).start()) {
            Source source = workshop.source(camera.plainUrl());
            try (SourceRun run = workshop.run(source)) {
                run.awaitOpen();
            }
            camera.media(after);
            try (SourceRun run = workshop.run(source)) {
                run.awaitOpen();

                assertThat(run.session().description().tracks().getFirst().codec())
                        .isEqualTo(new Codec.H264(Bytes.of(OTHER_SPS), Bytes.of(PPS)));
            }
            assertThat(camera.connections()).isEqualTo(2);
        }
    }

    @Test
    void run_interrupted_saysGoodbyeAndCloses() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            camera.await(() -> camera.playing() == 1);
            run.interrupt();

            assertThat(run.end()).isInstanceOf(InterruptedException.class);
            camera.await(() -> camera.count("TEARDOWN") == 1 && camera.live() == 0);
            CameraRequest teardown = camera.requests().getLast();
            assertThat(teardown.header("Session")).contains("session1");
        }
    }

    @Test
    void run_interruptedWhileTheCameraHangs_endsAllTheSame() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start()) {
            camera.answer("DESCRIBE", SimulatedCamera.NO_ANSWER);
            try (SourceRun run = workshop.run(camera.plainUrl())) {
                camera.await(() -> camera.count("DESCRIBE") == 1);
                run.interrupt();

                assertThat(run.end()).isInstanceOf(InterruptedException.class);
                camera.await(() -> camera.live() == 0);
            }
        }
    }

    @Test
    void run_connectionReset_endsWithThatReason() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            camera.await(() -> camera.playing() == 1);
            camera.reset();

            assertThat(run.failure()).isEqualTo(new Failure.Protocol("connection reset while playing"));
        }
    }

    @Test
    void run_cameraUnpluggedAndBack_isRefusedThenPlays() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start()) {
            Source source = workshop.source(camera.plainUrl());
            try (SourceRun run = workshop.run(source)) {
                camera.await(() -> camera.playing() == 1);
                camera.unplug();
                assertThat(run.failure()).isInstanceOf(Failure.Protocol.class);
            }
            try (SourceRun run = workshop.run(source)) {
                assertThat(run.failure()).isInstanceOf(Failure.Refused.class);
            }
            camera.plugIn();
            try (SourceRun run = workshop.run(source)) {
                camera.await(() -> camera.playing() == 1);
                assertThat(run.awaitOpen().running()).isTrue();
            }
        }
    }

    // Whether silence is an end is for the hub to say; the connection goes on.
    @Test
    void run_cameraFallsSilent_staysAndGoesOn() throws Exception {
        List<CameraFrame> pictures = pictures(10);
        CameraMedia media = CameraMedia.of(CameraTrack.h264(SPS, PPS, () -> CameraFeed.looping(pictures, 360)));
        try (SimulatedCamera camera = SimulatedCamera.of(media).start();
                SourceRun run = workshop.run(camera.plainUrl())) {
            run.session().await(s -> !s.packets(0).isEmpty());
            camera.silence(true);
            camera.emitReport(0, new byte[] {(byte) 0x80, (byte) 201, 0, 1, 0, 0, 0, 1});
            int before = run.session().packets(0).size();
            camera.silence(false);

            run.session().await(s -> s.packets(0).size() > before + 10);
            assertThat(run.running()).isTrue();
        }
    }

    @Test
    void run_script_neverBlocksTheLoop() throws Exception {
        try (SimulatedCamera camera = SimulatedCamera.of(CameraMedia.byHand()).start()) {
            camera.answer("DESCRIBE", SimulatedCamera.NO_ANSWER);
            try (SourceRun run = workshop.run(camera.plainUrl())) {
                camera.await(() -> camera.count("DESCRIBE") == 1);
                AtomicBoolean turned = new AtomicBoolean();
                run.session().home().execute(() -> turned.set(true));
                org.awaitility.Awaitility.await().atMost(Duration.ofSeconds(10)).untilTrue(turned);
            }
        }
    }

    static List<CameraFrame> pictures(int count) {
        List<CameraFrame> pictures = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            byte[] slice = new byte[i % 3 == 0 ? 4000 : 300];
            slice[0] = (byte) (i == 0 ? 0x65 : 0x41);
            slice[1] = (byte) i;
            pictures.add(CameraFrame.h264(3600L * i, i == 0 ? List.of(SPS, PPS, slice) : List.of(slice)));
        }
        return pictures;
    }

    private static byte[] rtp(int payloadType, int sequence, int ssrc) {
        return java.nio.ByteBuffer.allocate(13)
                .put((byte) 0x80)
                .put((byte) payloadType)
                .putShort((short) sequence)
                .putInt(1000)
                .putInt(ssrc)
                .put((byte) 1)
                .array();
    }

    private static List<List<Byte>> payloads(List<Packet> packets) {
        return packets.stream().map(Packet::payload).toList();
    }

    private static List<List<Byte>> payloadsOf(List<CameraFrame> frames) {
        List<List<Byte>> all = new ArrayList<>();
        for (CameraFrame frame : frames) {
            for (byte[] payload : frame.payloads()) {
                List<Byte> bytes = new ArrayList<>();
                for (byte b : payload) {
                    bytes.add(b);
                }
                all.add(bytes);
            }
        }
        return all;
    }
}
