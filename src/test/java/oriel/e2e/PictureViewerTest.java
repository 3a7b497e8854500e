package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import oriel.base.JsonObject;
import oriel.testing.Proves;
import oriel.testing.TestOriel;
import oriel.testing.camera.SimulatedCamera;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.ReceivedFrame;
import oriel.testing.viewer.ReceivedPacket;
import oriel.testing.viewer.ReceivedTrack;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerOffer;

/** Which packets of a picture a viewer gets, under which numbers: the camera sends what the test tells it to. */
class PictureViewerTest extends ViewerScene {
    private static final SyntheticPictures PICTURES = SyntheticPictures.of(250); // a key frame every 10 s

    private SimulatedCamera camera;
    private TestOriel oriel;
    private int next;

    @BeforeEach
    void open() throws Exception {
        camera = camera(PICTURES.trackByHand());
        oriel = oriel(camera.url());
    }

    private RtpViewer firstViewer() throws Exception {
        RtpViewer viewer = watch(oriel, ViewerOffer.PICTURE);
        viewer.awaitConnected();
        camera.await(() -> camera.playing() == 1);
        return viewer;
    }

    private void emit(int count) {
        for (int i = 0; i < count; i++, next++) {
            camera.emit(0, PICTURES.frame(next, (long) next * SyntheticPictures.FRAME_TICKS));
        }
    }

    private static void assertGoesOn(ReceivedTrack track) {
        List<ReceivedPacket> packets = track.packets();
        for (int i = 1; i < packets.size(); i++) {
            ReceivedPacket before = packets.get(i - 1);
            ReceivedPacket after = packets.get(i);
            assertThat(after.sequence()).isEqualTo(before.sequence() + 1 & 0xFFFF);
            assertThat((int) (after.timestamp() - before.timestamp())).isNotNegative();
            assertThat(after.timestamp() == before.timestamp()).isEqualTo(!before.marker());
        }
    }

    @Test
    void join_inTheMiddleOfAGroup_beginsWithTheCachedGroup_andFollowsLive() throws Exception {
        RtpViewer first = firstViewer();
        emit(100);
        first.awaitFrames("video", 100);

        RtpViewer second = watch(oriel, ViewerOffer.PICTURE);
        second.awaitFrames("video", 100);
        emit(20);
        second.awaitFrames("video", 120);

        List<ReceivedFrame> frames = second.track("video").frames();
        assertThat(frames.getFirst().nalTypes()).containsExactly(7, 8, 5);
        assertThat(Watch.numbers(frames))
                .containsExactlyElementsOf(IntStream.range(0, 120).boxed().toList());
        assertGoesOn(second.track("video"));
        // The group is history: its pictures stand so close that the viewer shows the last one at once.
        long span = frames.get(99).timestamp() - frames.getFirst().timestamp() & 0xFFFF_FFFFL;
        assertThat(span).isLessThan(SyntheticPictures.FRAME_TICKS);
        assertThat(frames.get(101).timestamp() - frames.get(100).timestamp()).isEqualTo(SyntheticPictures.FRAME_TICKS);
        assertThat(camera.keyFrameRequests()).isZero();
    }

    @Test
    void pli_asksTheCameraOnce_andSendsTheCachedGroupAgain_forwardInTime() throws Exception {
        RtpViewer viewer = firstViewer();
        emit(50);
        viewer.awaitFrames("video", 50);

        viewer.pli("video");
        viewer.awaitFrames("video", 100);
        viewer.pli("video");
        viewer.pli("video");
        oriel.awaitStream("door", stream -> drops(stream, "key-request-too-soon") == 2);
        emit(10);
        viewer.awaitFrames("video", 110);

        List<Integer> numbers = Watch.numbers(viewer.track("video").frames());
        assertThat(numbers.subList(50, 110))
                .containsExactlyElementsOf(IntStream.range(0, 60).boxed().toList());
        assertGoesOn(viewer.track("video"));
        assertThat(camera.keyFrameRequests()).isOne();
    }

    @Test
    void fir_isAsGoodAsPli() throws Exception {
        RtpViewer viewer = firstViewer();
        emit(10);
        viewer.awaitFrames("video", 10);
        viewer.fir("video", 1);
        viewer.awaitFrames("video", 20);
        camera.await(() -> camera.keyFrameRequests() == 1);
    }

    @Test
    void nack_isAnsweredFromTheRing_byTheSamePacket() throws Exception {
        RtpViewer viewer = firstViewer();
        RtpViewer other = watch(oriel, ViewerOffer.PICTURE);
        other.awaitConnected();
        Set<Integer> lost = new HashSet<>();
        viewer.loses(packet -> packet.sequence() % 5 == 0 && lost.add(packet.sequence()));
        emit(30);
        other.awaitFrames("video", 30);
        // The last picture is one packet; whether that one is lost depends on where the numbers begin.
        viewer.await(
                "all but the lost ones",
                () -> viewer.track("video").count() + lost.size()
                        == other.track("video").count());
        assertThat(lost).isNotEmpty();

        viewer.nack("video", lost);
        viewer.awaitPackets("video", other.track("video").count());

        List<ReceivedPacket> whole = other.track("video").packets();
        List<ReceivedPacket> repaired = viewer.track("video").packets().stream()
                .sorted(Comparator.comparingInt(packet -> (short) (packet.sequence()
                        - viewer.track("video").packets().getFirst().sequence())))
                .toList();
        assertThat(repaired).hasSameSizeAs(whole);
        for (int i = 0; i < whole.size(); i++) {
            assertThat(repaired.get(i).payload()).isEqualTo(whole.get(i).payload());
            assertThat(repaired.get(i).marker()).isEqualTo(whole.get(i).marker());
        }
        assertThat(viewer.refused()).isZero();
    }

    @Test
    void nack_forWhatWasNeverSent_isCounted_andDisturbsNothing() throws Exception {
        RtpViewer viewer = firstViewer();
        emit(3);
        viewer.awaitFrames("video", 3);
        int last = viewer.track("video").packets().getLast().sequence();
        viewer.nack("video", List.of(last + 20_000 & 0xFFFF, last + 20_001 & 0xFFFF));
        oriel.awaitStream("door", stream -> drops(stream, "nack-too-old") == 2);
        emit(3);
        viewer.awaitFrames("video", 6);
        assertGoesOn(viewer.track("video"));
    }

    @Test
    void camera_resetAndBack_numbersGoOn_andTimeNeverGoesBack() throws Exception {
        RtpViewer viewer = firstViewer();
        emit(30);
        viewer.awaitFrames("video", 30);

        camera.reset();
        oriel.awaitStream("door", stream -> Watch.state(stream).equals("retrying"));
        camera.await(() -> camera.playing() == 1);
        next = 0; // the camera's own numbers and times begin anew
        emit(30);
        viewer.awaitFrames("video", 60);

        assertGoesOn(viewer.track("video"));
        assertThat(Watch.numbers(viewer.track("video").frames()).subList(30, 60))
                .containsExactlyElementsOf(IntStream.range(0, 30).boxed().toList());
        assertThat(camera.connections()).isEqualTo(2);
        assertThat(viewer.over()).isEmpty();
    }

    @Test
    void camera_backInTheMiddleOfAGroup_theViewerWaitsForItsKeyFrame() throws Exception {
        RtpViewer viewer = firstViewer();
        emit(10);
        viewer.awaitFrames("video", 10);

        camera.reset();
        oriel.awaitStream("door", stream -> Watch.state(stream).equals("retrying"));
        camera.await(() -> camera.playing() == 1);
        next = 245; // five more of a group whose beginning nobody saw
        emit(8);
        viewer.awaitFrames("video", 13);

        assertThat(Watch.numbers(viewer.track("video").frames()).subList(10, 13))
                .containsExactly(250, 251, 252);
    }

    @Test
    void parameterSets_changedInTheStream_leadTheNextKeyFrame() throws Exception {
        byte[] otherSize = {0x67, 0x42, (byte) 0xC0, 0x1E, (byte) 0xDA, 0x02, (byte) 0x80, (byte) 0xF6, (byte) 0x40};
        RtpViewer viewer = firstViewer();
        emit(10);
        viewer.awaitFrames("video", 10);
        SyntheticPictures other = PICTURES.withSps(otherSize);
        for (int i = 0; i < 5; i++) {
            camera.emit(0, other.frame(i, (long) (10 + i) * SyntheticPictures.FRAME_TICKS));
        }
        viewer.awaitFrames("video", 15);

        ReceivedFrame key = viewer.track("video").frames().get(10);
        assertThat(key.nalTypes()).containsExactly(7, 8, 5);
        assertThat(key.nalUnits().getFirst()).isEqualTo(otherSize);
        assertGoesOn(viewer.track("video"));
    }

    @Test
    void packets_lostOnTheWayFromTheCamera_leaveAGap_andTheCameraIsAskedForAKeyFrame() throws Exception {
        RtpViewer viewer = firstViewer();
        emit(5);
        viewer.awaitFrames("video", 5);
        byte[] slice = PICTURES.frame(5, 0).payloads().getFirst();
        // The camera's sixth picture never comes; its seventh has a sequence number that says so.
        camera.emitPacket(0, rtp(lastSequence() + 2, 1000 + 6L * SyntheticPictures.FRAME_TICKS, slice));
        viewer.awaitFrames("video", 6);
        List<ReceivedPacket> packets = viewer.track("video").packets();
        int before = packets.get(packets.size() - 2).sequence();
        assertThat(packets.getLast().sequence()).isEqualTo(before + 2 & 0xFFFF);
        camera.await(() -> camera.keyFrameRequests() == 1);

        // Who comes now gets what was before the gap, and then the key frame that the camera was asked for.
        RtpViewer late = watch(oriel, ViewerOffer.PICTURE);
        late.awaitFrames("video", 5);
        camera.emitPacket(0, rtp(lastSequence() + 3, 1000 + 7L * SyntheticPictures.FRAME_TICKS, slice));
        byte[] key = {0x65, (byte) 0x88, (byte) 0x84, 0x21, 0, 0, 9, (byte) 0x80};
        camera.emitPacket(0, rtp(lastSequence() + 4, 1000 + 8L * SyntheticPictures.FRAME_TICKS, key));
        late.awaitFrames("video", 6);
        assertThat(Watch.numbers(late.track("video").frames())).startsWith(0, 1, 2, 3, 4);
        assertThat(late.track("video").frames().getLast().key()).isTrue();
        assertGoesOn(late.track("video"));
    }

    // What the camera's lane has numbered so far, from 1.
    private int lastSequence() {
        int count = 0;
        for (int i = 0; i < next; i++) {
            count += PICTURES.frame(i, 0).payloads().size();
        }
        return count;
    }

    private static byte[] rtp(int sequence, long timestamp, byte[] payload) {
        return java.nio.ByteBuffer.allocate(12 + payload.length)
                .put((byte) 0x80)
                .put((byte) (0x80 | 96))
                .putShort((short) sequence)
                .putInt((int) timestamp)
                .putInt(7)
                .put(payload)
                .array();
    }

    @Test
    @Proves("S-152")
    void reports_areRead_andShownInTheStreamsJson() throws Exception {
        RtpViewer viewer = firstViewer();
        viewer.reports(false);
        emit(20);
        viewer.awaitFrames("video", 20);
        viewer.await("a sender report", () -> !viewer.track("video").reports().isEmpty());
        viewer.report("video", 0.25);
        JsonObject stream = oriel.awaitStream(
                "door", s -> Watch.first(s, "consumers").member("loss").isPresent());
        JsonObject consumer = Watch.first(stream, "consumers");
        assertThat(consumer.member("loss").orElseThrow().toString()).isEqualTo("0.25");
        assertThat(consumer.member("rtt_ms")).isPresent();
        assertThat(consumer.string("type")).contains("webrtc");
        assertThat(consumer.string("remote").orElseThrow())
                .isEqualTo("127.0.0.1:" + viewer.local().getPort());
        assertThat(consumer.integer("bytes_send").orElseThrow())
                .isEqualTo(viewer.track("video").bytes());
    }

    private static long drops(JsonObject stream, String reason) {
        return Watch.first(stream, "consumers")
                .object("drops")
                .orElseThrow()
                .integer(reason)
                .orElse(0);
    }
}
