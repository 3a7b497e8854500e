package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.access.StreamScope;
import oriel.base.JsonNull;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.base.Redacted;
import oriel.base.Seams;
import oriel.stream.StreamRegistry;
import oriel.testing.ManualLoop;
import oriel.testing.VirtualClock;

@Timeout(20)
class EventFeedTest {
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final StreamRegistry streams = new StreamRegistry(Seams.system(), ManualLoop::new, threads);
    private final VirtualClock clock = new VirtualClock();
    private final EventFeed feed = new EventFeed(
            () -> StreamJson.masked(streams, Redacted::text, name -> Optional.empty())
                    .all(),
            clock);
    private final LinkedBlockingQueue<Message> heard = new LinkedBlockingQueue<>();

    private record Message(String type, JsonValue value) {
        List<String> names() {
            return List.copyOf(((JsonObject) value).members().keySet());
        }
    }

    @AfterEach
    void end() {
        feed.close("page");
        clock.advance(EventFeed.INTERVAL);
        streams.close();
        threads.shutdownNow();
    }

    private void listen() {
        assertThat(feed.open("page", StreamScope.ALL, (type, value) -> heard.add(new Message(type, value))))
                .isTrue();
    }

    private void look() throws InterruptedException {
        clock.awaitWaiting(1);
        clock.advance(EventFeed.INTERVAL);
    }

    @Test
    void page_hearsTheWholeFirst_thenOnlyWhatIsNew() throws Exception {
        streams.put("door", List.of("rtsp://192.0.2.1/door"));
        streams.put("garden", List.of("rtsp://192.0.2.1/garden"));
        listen();
        Message snapshot = heard.take();
        assertThat(snapshot.type()).isEqualTo("snapshot");
        assertThat(snapshot.names()).containsExactly("door", "garden");

        clock.awaitWaiting(1);
        streams.put("yard", List.of("rtsp://192.0.2.1/yard"));
        streams.remove("door");
        look();
        Message changes = heard.take();
        assertThat(changes.type()).isEqualTo("changes");
        assertThat(changes.names()).containsExactlyInAnyOrder("yard", "door");
        assertThat(((JsonObject) changes.value()).member("door")).contains(new JsonNull());
        assertThat(heard).isEmpty();
    }

    @Test
    void nothingNew_isAPingEach25Seconds() throws Exception {
        listen();
        heard.take();
        int looks = (int) EventFeed.PING.dividedBy(EventFeed.INTERVAL);
        for (int i = 1; i < looks; i++) {
            look();
        }
        clock.awaitWaiting(1);
        assertThat(heard).isEmpty();
        look();
        assertThat(heard.take().type()).isEqualTo("ping");
    }

    @Test
    void mistakeOfOurs_costsOneLook_notTheNews() throws Exception {
        feed.open("broken", StreamScope.ALL, (type, value) -> {
            throw new IllegalStateException("as if by a mistake");
        });
        look();
        feed.close("broken");
        listen();
        assertThat(heard.take().type()).isEqualTo("snapshot");
    }

    @Test
    void secondPage_doesNotWaitForTheNextLook() throws Exception {
        listen();
        heard.take();
        clock.awaitWaiting(1);
        List<String> second = new ArrayList<>();
        LinkedBlockingQueue<String> types = new LinkedBlockingQueue<>();
        assertThat(feed.open("second", StreamScope.ALL, (type, value) -> types.add(type)))
                .isTrue();
        second.add(types.take());
        assertThat(second).containsExactly("snapshot");
        feed.close("second");
    }

    @Test
    void tooManyPages_areSentAway() {
        for (int i = 0; i < EventFeed.MAX_LISTENERS; i++) {
            assertThat(feed.open("page" + i, StreamScope.ALL, (type, value) -> {}))
                    .isTrue();
        }
        assertThat(feed.open("one more", StreamScope.ALL, (type, value) -> {})).isFalse();
        for (int i = 0; i < EventFeed.MAX_LISTENERS; i++) {
            feed.close("page" + i);
        }
        listen();
    }
}
