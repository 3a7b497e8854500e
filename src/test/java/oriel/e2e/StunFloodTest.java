package oriel.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.base.Secret;
import oriel.metrics.Drops;
import oriel.testing.TestOriel;
import oriel.testing.camera.SyntheticPictures;
import oriel.testing.viewer.RtpViewer;
import oriel.testing.viewer.ViewerOffer;
import oriel.webrtc.ice.IceRole;
import oriel.webrtc.ice.StunBuilder;
import oriel.webrtc.ice.StunClass;
import oriel.webrtc.ice.StunIntegrity;
import oriel.webrtc.ice.TransactionId;

/**
 * A million checks from ten thousand addresses that belong to nobody, half of them naming a viewer that lives: each is
 * counted, none is answered, nothing is kept, and the viewer loses nothing.
 */
@Timeout(900)
class StunFloodTest extends ViewerScene {
    private static final int REQUESTS = 1_000_000;
    private static final int SOURCES = 10_000;
    private static final int EACH = REQUESTS / SOURCES;
    // What a socket's buffer surely holds: none may be lost in the kernel, where nobody counts.
    private static final int IN_FLIGHT = 100;

    private final Random random = new Random(1);
    private TestOriel oriel;

    @BeforeEach
    void start() throws Exception {
        oriel = oriel(camera(SyntheticPictures.of(25).track()).url());
    }

    @Test
    void aMillionChecks_fromSpoofedSources_areCounted_andNoneIsAnswered() throws Exception {
        RtpViewer viewer = keep(
                Watch.watch(oriel, "door", RtpViewer.of(ViewerOffer.PICTURE).keepsNothing()));
        viewer.await("a picture", () -> viewer.track("video").count() > 0);
        InetSocketAddress port = new InetSocketAddress(
                InetAddress.getLoopbackAddress(), oriel.gateway().webrtcPort().orElseThrow());
        byte[] toNobody = check("nobody:somebody");
        byte[] toTheViewer = check(viewer.answered().any("ice-ufrag") + ":somebody");
        long before = counted();
        long addresses = addresses();

        long answers = 0;
        for (int source = 0; source < SOURCES; source++) {
            try (DatagramChannel from = bound(source)) {
                for (int i = 0; i < EACH; i++) {
                    from.send(ByteBuffer.wrap(i % 2 == 0 ? toNobody : toTheViewer), port);
                }
                long all = before + (long) (source + 1) * EACH;
                awaitCounted(all - IN_FLIGHT);
                if (source % 100 == 99) {
                    awaitCounted(all);
                }
                from.configureBlocking(false);
                answers += from.receive(ByteBuffer.allocate(2048)) == null ? 0 : 1;
            }
        }

        assertThat(counted() - before).isEqualTo(REQUESTS);
        Drops drops = oriel.gateway().webrtcDrops();
        assertThat(drops.of("unknown-address")).isEqualTo(REQUESTS / 2);
        assertThat(drops.of("ice-bad-integrity")).isEqualTo(REQUESTS / 2);
        assertThat(answers).as("datagrams that came back").isZero();
        assertThat(addresses()).as("addresses that are kept").isEqualTo(addresses);
        long seen = viewer.track("video").count();
        viewer.await("the picture goes on", () -> viewer.track("video").count() > seen + 10);
        assertThat(viewer.track("video").missing()).isZero();
        assertThat(viewer.over()).isEmpty();
    }

    private long counted() {
        Drops drops = oriel.gateway().webrtcDrops();
        return drops.of("unknown-address") + drops.of("ice-bad-integrity");
    }

    private void awaitCounted(long count) {
        long end = System.nanoTime() + 60_000_000_000L;
        while (counted() < count) {
            assertThat(System.nanoTime() - end)
                    .as("counted " + counted() + " of " + count)
                    .isNegative();
            Thread.onSpinWait();
        }
    }

    private long addresses() throws Exception {
        JsonObject limits =
                (JsonObject) Json.parse(oriel.get("/api/oriel/limits").body());
        for (JsonValue limit : limits.array("limits").orElseThrow().items()) {
            JsonObject one = (JsonObject) limit;
            if (one.string("name").orElseThrow().equals("webrtc.addresses")) {
                return one.integer("filled").orElseThrow();
            }
        }
        throw new AssertionError(limits);
    }

    // 127.1.0.1 and on; the kernel chooses the port.
    private static DatagramChannel bound(int source) throws IOException {
        byte[] address = {127, (byte) (1 + source / 62_500), (byte) (source / 250 % 250), (byte) (1 + source % 250)};
        DatagramChannel channel = DatagramChannel.open();
        channel.bind(new InetSocketAddress(InetAddress.getByAddress(address), 0));
        return channel;
    }

    private byte[] check(String username) {
        return new StunBuilder(StunClass.REQUEST, new TransactionId(random.nextLong(), random.nextInt()))
                .username(username)
                .priority(0x6E00_1EFFL)
                .useCandidate()
                .role(IceRole.CONTROLLING, random.nextLong())
                .build(new StunIntegrity(Secret.of("not the viewer's password")));
    }
}
