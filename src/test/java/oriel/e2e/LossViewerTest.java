package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import oriel.base.JsonObject;
import oriel.testing.TestOriel;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.ReceivedFrame;
import oriel.testing.viewer.ReceivedPacket;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.TransportFeedbackWriter;
import oriel.testing.viewer.ViewerOffer;

/** What a viewer gets again, and what one gets whose connection is too slow. */
class LossViewerTest extends ViewerScene {
    private static boolean again(ReceivedPacket packet) {
        return packet.repetition();
    }

    @Test
    void missingPackets_comeAgainInTheirOwnStream_byteForByte_theNewestToo() throws Exception {
        TestOriel oriel = oriel(camera(SyntheticPictures.of(25).track()).url());
        RtpViewer viewer = watch(oriel, ViewerOffer.REPEATED);
        viewer.awaitPackets("video", 30);
        List<ReceivedPacket> came = viewer.track("video").packets();
        ReceivedPacket newest = came.getLast();
        List<ReceivedPacket> missed = List.of(came.get(3), came.get(4), newest);
        viewer.nack("video", missed.stream().map(ReceivedPacket::sequence).toList());
        viewer.await(
                "three repetitions",
                () -> viewer.track("video").packets().stream()
                                .filter(LossViewerTest::again)
                                .count()
                        == 3);
        // The same once more leaves under other numbers, so that no cipher sees one twice.
        viewer.nack("video", List.of(newest.sequence()));
        viewer.await("one more or a refusal", () -> viewer.track("video").count() >= came.size() + 5);

        for (ReceivedPacket packet : missed) {
            ReceivedPacket repeated = viewer.track("video").packets().stream()
                    .filter(p -> p.repetition() && p.sequence() == packet.sequence())
                    .findFirst()
                    .orElseThrow();
            assertThat(repeated.payload()).isEqualTo(packet.payload());
            assertThat(repeated.timestamp()).isEqualTo(packet.timestamp());
            assertThat(repeated.marker()).isEqualTo(packet.marker());
        }
        assertThat(viewer.refused()).isZero();
        assertThat(viewer.strangers()).isZero();
        JsonObject consumer = Watch.first(oriel.stream("door"), "consumers");
        assertThat(consumer.integer("resent").orElseThrow()).isBetween(3L, 4L);
        assertThat(consumer.string("state")).contains("live");
    }

    @Test
    void everyPacket_hasItsNumberOnTheTransport_repetitionsToo() throws Exception {
        RtpViewer viewer = watch(oriel(camera(SyntheticPictures.of(25).track()).url()), ViewerOffer.REPEATED);
        viewer.awaitPackets("video", 20);
        viewer.nack("video", List.of(viewer.track("video").packets().get(2).sequence()));
        viewer.await(
                "a repetition", () -> viewer.track("video").packets().stream().anyMatch(LossViewerTest::again));
        viewer.awaitPackets("video", 60);
        Set<Integer> numbers = new HashSet<>();
        viewer.track("video").packets().forEach(packet -> numbers.add(packet.transportNumber()));
        for (int number = 0; number < 60; number++) {
            assertThat(numbers).contains(number);
        }
    }

    @Test
    void viewerWhoseWayCarriesTooLittle_getsKeyFramesOnly_isTold_andComesBack_whileTheOtherNoticesNothing()
            throws Exception {
        TestOriel oriel = oriel(camera(SyntheticPictures.of(25).track()).url());
        RtpViewer slow = watch(oriel, ViewerOffer.REPEATED);
        RtpViewer other = watch(oriel, ViewerOffer.PICTURE);
        Reporter reporter = new Reporter(slow);
        slow.await("key frames only", () -> {
            reporter.report(0.5);
            return state(oriel, slow).equals("key-frames");
        });
        int before = slow.track("video").frames().size();
        slow.await("three pictures", () -> {
            reporter.report(0);
            return slow.track("video").frames().size() >= before + 3;
        });
        List<ReceivedFrame> single = slow.track("video").frames().subList(before, before + 2);
        assertThat(single).allMatch(ReceivedFrame::key);
        assertThat(note(oriel, slow)).contains("single pictures");

        slow.await("all pictures", () -> {
            reporter.report(0);
            return state(oriel, slow).equals("live");
        });
        int after = slow.track("video").frames().size();
        slow.await("pictures between key frames", () -> {
            reporter.report(0);
            List<ReceivedFrame> frames = slow.track("video").frames();
            return frames.size() > after + 10
                    && frames.subList(after, frames.size()).stream()
                                    .filter(frame -> !frame.key())
                                    .count()
                            > 5;
        });
        assertThat(note(oriel, slow)).doesNotContain("single pictures");
        // Its own numbers have no gap: a decoder is not told of what was left out.
        assertThat(slow.track("video").missing()).isZero();

        List<Integer> numbers = Watch.numbers(other.track("video").frames());
        assertThat(other.track("video").missing()).isZero();
        assertThat(numbers).hasSizeGreaterThan(100);
        assertThat(state(oriel, other)).isEqualTo("live");
    }

    private static JsonObject consumer(TestOriel oriel, RtpViewer viewer) {
        try {
            String id = viewer.answered().any("ssrc").split("cname:")[1];
            return Watch.items(oriel.stream("door"), "consumers").items().stream()
                    .map(item -> (JsonObject) item)
                    .filter(item -> item.string("id").orElseThrow().equals(id))
                    .findFirst()
                    .orElseGet(() -> JsonObject.builder().build());
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private static String state(TestOriel oriel, RtpViewer viewer) {
        return consumer(oriel, viewer).string("state").orElse("");
    }

    private static String note(TestOriel oriel, RtpViewer viewer) {
        return consumer(oriel, viewer).string("note").orElseThrow();
    }

    /** Says what came to a viewer, and less if told so. */
    private static final class Reporter {
        private final RtpViewer viewer;
        private int reported;
        private int reports;

        Reporter(RtpViewer viewer) {
            this.viewer = viewer;
        }

        void report(double lost) {
            List<ReceivedPacket> all = viewer.track("video").packets();
            if (all.size() == reported) {
                return;
            }
            List<ReceivedPacket> news = new ArrayList<>(all.subList(reported, all.size()));
            int base = news.getFirst().transportNumber();
            long[] micros = new long[news.size()];
            for (int i = 0; i < micros.length; i++) {
                boolean vanishes = (reported + i) % 10 < lost * 10;
                micros[i] =
                        vanishes ? TransportFeedbackWriter.LOST : news.get(i).arrivalNanos() / 1000;
            }
            reported = all.size();
            viewer.rtcp(TransportFeedbackWriter.packet(1, viewer.track("video").ssrc(), base, reports++, micros));
        }
    }
}
