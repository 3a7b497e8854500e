package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import oriel.base.JsonObject;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.CameraFeed;
import oriel.testing.camera.CameraFrame;
import oriel.testing.camera.CameraTrack;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.ReceivedPacket;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.SeenSenderReport;
import oriel.testing.viewer.ViewerAnswer;
import oriel.testing.viewer.ViewerOffer;

/** What becomes of cameras' sounds: passed on, or silence with a reason. */
class SoundViewerTest extends ViewerScene {
    private static final SyntheticPictures PICTURES = SyntheticPictures.of(25);

    private static CameraTrack pcmu(Supplier<CameraFeed> feed) {
        return new CameraTrack(List.of("m=audio 0 RTP/AVP 0"), 0, 8_000, feed);
    }

    private static CameraTrack aac(Supplier<CameraFeed> feed) {
        return CameraTrack.aac(16_000, 1, "1408", feed);
    }

    private static byte[] sound(int number, int size) {
        byte[] sound = new byte[size];
        for (int i = 0; i < size; i++) {
            sound[i] = (byte) (number * 31 + i);
        }
        return sound;
    }

    private static CameraTrack track(String codec) {
        return switch (codec) {
            case "PCMA/8000" -> CameraTrack.pcma(CameraFeed::byHand);
            case "PCMU/8000" -> pcmu(CameraFeed::byHand);
            default -> CameraTrack.opus(CameraFeed::byHand);
        };
    }

    @ParameterizedTest
    @CsvSource({"PCMA/8000, 160, 160", "PCMU/8000, 160, 160", "opus/48000/2, 77, 960"})
    @Proves({"S-015", "S-018"})
    void sound_thatBrowsersTake_passesByteForByte_withItsTime(String codec, int size, int ticks) throws Exception {
        SimulatedCamera camera = camera(PICTURES.trackByHand(), track(codec));
        TestOriel oriel = oriel(camera.url());
        RtpViewer viewer = watch(oriel, ViewerOffer.CHROMIUM);
        camera.await(() -> camera.playing() == 1);
        // What is sent before the viewer is fed is for nobody.
        oriel.awaitStream(
                "door", stream -> !Watch.items(stream, "consumers").items().isEmpty());
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            sent.add(sound(i, size));
            camera.emit(1, CameraFrame.plain((long) i * ticks, sent.getLast()));
        }
        viewer.awaitPackets("audio", 50);

        List<ReceivedPacket> packets = viewer.track("audio").packets();
        ReceivedPacket first = packets.getFirst();
        int missed = indexOf(sent, first.payload());
        assertThat(viewer.track("audio").section().codec()).isEqualToIgnoringCase(codec);
        assertThat(viewer.track("audio").section().direction()).isEqualTo("sendonly");
        for (int i = 0; i < 50; i++) {
            assertThat(packets.get(i).payload()).isEqualTo(sent.get(missed + i));
            assertThat(packets.get(i).timestamp() - first.timestamp() & 0xFFFF_FFFFL)
                    .isEqualTo((long) i * ticks);
            assertThat(packets.get(i).sequence() - first.sequence() & 0xFFFF).isEqualTo(i);
        }
    }

    private static int indexOf(List<byte[]> sent, byte[] payload) {
        return IntStream.range(0, sent.size())
                .filter(i -> Arrays.equals(sent.get(i), payload))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void senderReports_keepSoundAndPictureTogether() throws Exception {
        SimulatedCamera camera = camera(
                PICTURES.track(),
                CameraTrack.pcma(() -> CameraFeed.looping(List.of(CameraFrame.plain(0, sound(1, 160))), 160)));
        RtpViewer viewer = watch(oriel(camera.url()), ViewerOffer.CHROMIUM);
        viewer.await(
                "two reports of each",
                () -> viewer.track("video").reports().size() >= 2
                        && viewer.track("audio").reports().size() >= 2);

        SeenSenderReport picture = viewer.track("video").reports().getLast();
        SeenSenderReport sound = viewer.track("audio").reports().getLast();
        // The camera sends picture n at n/25 s and sound m at m/50 s: what it took at the same moment must have the
        // same time of day, to a frame's length, by which the two threads of the camera differ.
        assertThat(momentOf(viewer, "video", picture, 90_000))
                .isCloseTo(momentOf(viewer, "audio", sound, 8_000), org.assertj.core.data.Offset.offset(0.06));
        assertThat(picture.packets()).isPositive();
        assertThat(sound.octets()).isEqualTo(sound.packets() * 160);
    }

    // Time of day of the first packet that was live: the first sound, the first picture after the group.
    private static double momentOf(RtpViewer viewer, String media, SeenSenderReport report, int clockRate) {
        List<ReceivedPacket> packets = viewer.track(media).packets();
        ReceivedPacket last = packets.getLast();
        double behind = (int) (report.rtpTimestamp() - last.timestamp()) / (double) clockRate;
        double arrival = (last.arrivalNanos() - report.arrivalNanos()) / 1e9;
        return report.seconds() - behind - arrival - report.seconds();
    }

    @Test
    @Proves({"S-015", "S-019", "S-047", "S-054"})
    void aacOnMain_pcmuOnSub_eachTrackIsTakenWhereItFits() throws Exception {
        SimulatedCamera main = camera(PICTURES.track(), aac(CameraFeed::byHand));
        SimulatedCamera sub = camera(PICTURES.trackByHand(), pcmu(CameraFeed::byHand));
        TestOriel oriel = oriel(main.url(), sub.url());
        RtpViewer viewer = watch(oriel, ViewerOffer.CHROMIUM);
        viewer.awaitFrames("video", 3);
        sub.await(() -> sub.playing() == 1);
        sub.emit(1, CameraFrame.plain(0, sound(9, 160)));
        viewer.awaitPackets("audio", 1);

        assertThat(viewer.track("audio").section().codec()).isEqualToIgnoringCase("PCMU/8000");
        assertThat(viewer.track("audio").packets().getFirst().payload()).isEqualTo(sound(9, 160));
        assertThat(main.connections()).isOne();
        assertThat(sub.connections()).isOne();
    }

    @Test
    void aacAlone_thePicturePlays_theSoundIsInactive_andTheReasonIsSaid() throws Exception {
        SimulatedCamera camera = camera(PICTURES.track(), aac(CameraFeed::byHand));
        TestOriel oriel = oriel(camera.url());
        RtpViewer viewer = watch(oriel, ViewerOffer.CHROMIUM);
        viewer.awaitFrames("video", 3);
        assertInactiveTransport(viewer.answered());
        JsonObject stream = oriel.stream("door");
        assertThat(Watch.first(stream, "consumers").string("note").orElseThrow())
                .startsWith("No sound: the camera sends AAC");
    }

    @Test
    void noSoundAtAll_theSectionOfSoundStaysTheTransport() throws Exception {
        SimulatedCamera camera = camera(PICTURES.track());
        TestOriel oriel = oriel(camera.url());
        RtpViewer viewer = watch(oriel, ViewerOffer.CHROMIUM);
        viewer.awaitFrames("video", 3);
        assertInactiveTransport(viewer.answered());
        assertThat(Watch.first(oriel.stream("door"), "consumers").string("note"))
                .contains("This camera sends no sound.");
    }

    // Candidates are on mid 0, the audio section, which carries nothing and is not turned down.
    private static void assertInactiveTransport(ViewerAnswer answer) {
        ViewerAnswer.Section sound = answer.sections().getFirst();
        assertThat(sound.media()).isEqualTo("audio");
        assertThat(sound.mid()).isEqualTo("0");
        assertThat(sound.port()).isNotZero();
        assertThat(sound.direction()).isEqualTo("inactive");
        assertThat(sound.attributes("candidate")).isNotEmpty();
        assertThat(answer.sections().get(1).attributes("candidate")).isEmpty();
        assertThat(answer.sections().get(1).direction()).isEqualTo("sendonly");
        assertThat(answer.text()).contains("a=group:BUNDLE 0 1").contains("a=setup:passive");
    }

    @Test
    void microphoneOffered_isAnsweredSendonly() throws Exception {
        SimulatedCamera camera = camera(PICTURES.track(), CameraTrack.pcma(CameraFeed::byHand));
        ViewerOffer talk = ViewerOffer.of(
                ViewerOffer.Section.audio(ViewerOffer.CHROMIUM_SOUND).directed("sendrecv"),
                ViewerOffer.Section.video(ViewerOffer.CHROMIUM_PICTURE));
        RtpViewer viewer = watch(oriel(camera.url()), talk);
        viewer.awaitFrames("video", 3);
        assertThat(viewer.answered().section("audio").direction()).isEqualTo("sendonly");
    }

    @Test
    void pictureFirst_soundSecond_isAnsweredInThatOrder() throws Exception {
        SimulatedCamera camera = camera(
                PICTURES.track(),
                CameraTrack.pcma(() -> CameraFeed.looping(List.of(CameraFrame.plain(0, sound(1, 160))), 160)));
        RtpViewer viewer = watch(oriel(camera.url()), ViewerOffer.PICTURE_FIRST);
        viewer.awaitFrames("video", 3);
        viewer.awaitPackets("audio", 3);
        assertThat(viewer.answered().sections())
                .extracting(ViewerAnswer.Section::media)
                .containsExactly("video", "audio");
        assertThat(viewer.answered().section("video").attributes("candidate")).isNotEmpty();
    }

    @Test
    void soundOnlyCamera_soundOnlyViewer_plays() throws Exception {
        SimulatedCamera camera =
                camera(CameraTrack.pcma(() -> CameraFeed.looping(List.of(CameraFrame.plain(0, sound(1, 160))), 160)));
        RtpViewer viewer = watch(oriel(camera.url()), ViewerOffer.SOUND);
        viewer.awaitPackets("audio", 5);
        assertThat(viewer.track("audio").packets().getFirst().payload()).isEqualTo(sound(1, 160));
    }

    @Test
    @Proves("S-016")
    void offerOfAllPictureCodecs_isAnsweredByH264() throws Exception {
        SimulatedCamera camera = camera(PICTURES.track());
        List<ViewerOffer.Codec> all = new ArrayList<>(ViewerOffer.CHROMIUM_PICTURE);
        all.addFirst(ViewerOffer.H265);
        RtpViewer viewer = watch(oriel(camera.url()), ViewerOffer.of(ViewerOffer.Section.video(all)));
        viewer.awaitFrames("video", 3);
        ViewerAnswer.Section picture = viewer.answered().section("video");
        assertThat(picture.codec()).isEqualTo("H264/90000");
        assertThat(picture.attribute("fmtp").orElseThrow()).contains("packetization-mode=1");
        int type = Integer.parseInt(picture.formats().getFirst());
        assertThat(viewer.track("video").packets())
                .allSatisfy(packet -> assertThat(packet.payloadType()).isEqualTo(type));
        assertThat(IntStream.of(type).boxed().toList())
                .isSubsetOf(ViewerOffer.CHROMIUM_PICTURE.stream()
                        .map(ViewerOffer.Codec::payloadType)
                        .toList());
    }

    @Test
    @Proves("S-014")
    void h265Camera_viewerThatTakesIt_getsItUntouched() throws Exception {
        byte[] vps = HexFormat.of().parseHex("40010c01ffff016000000300b0000003000003007bac09");
        byte[] sps = HexFormat.of().parseHex("420101016000000300b0000003000003007ba003c08010e58d3b924cbd370101010080");
        byte[] pps = HexFormat.of().parseHex("4401c0f2f03c90");
        byte[] idr = new byte[900];
        Arrays.fill(idr, (byte) 0x33);
        idr[0] = 0x26;
        idr[1] = 0x01;
        idr[2] = (byte) 0xAF;
        CameraFrame key = CameraFrame.h265(0, List.of(vps, sps, pps, idr));
        SimulatedCamera camera = camera(CameraTrack.h265(vps, sps, pps, () -> CameraFeed.looping(List.of(key), 3600)));
        RtpViewer viewer =
                watch(oriel(camera.url()), ViewerOffer.of(ViewerOffer.Section.video(List.of(ViewerOffer.H265))));
        viewer.awaitPackets("video", 6);
        assertThat(viewer.answered().section("video").codec()).isEqualTo("H265/90000");
        viewer.await("the picture", () -> viewer.track("video").has(p -> Arrays.equals(p.payload(), idr)));
    }
}
