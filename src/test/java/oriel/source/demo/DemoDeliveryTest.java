package oriel.source.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import oriel.base.Bytes;
import oriel.media.AccessUnit;
import oriel.media.Codec;
import oriel.media.Direction;
import oriel.media.Track;
import oriel.net.MediaLoop;
import oriel.testing.ManualLoop;
import oriel.worker.JobFailure;
import oriel.worker.UnitFlight;

class DemoDeliveryTest {
    private final ManualLoop home = new ManualLoop();
    private final RecordingWriter writer = new RecordingWriter(home);
    private final List<String> ends = new ArrayList<>();
    private final DemoDelivery delivery = new DemoDelivery(home, writer, ends::add);

    @Test
    void tracks_ofTheJob_areDescribedOnTheHomeLoop() {
        delivery.onReady(List.of(Codec.H264.unknown(), new Codec.Opus()));
        assertThat(writer.calls).isEmpty();
        home.run();
        assertThat(writer.description.tracks())
                .containsExactly(
                        new Track(0, Direction.RECVONLY, Codec.H264.unknown()),
                        new Track(1, Direction.RECVONLY, new Codec.Opus()));
    }

    @Test
    void units_thatCameTogether_leaveInOneBurst() {
        delivery.onUnit(0, unit(0, true));
        delivery.onUnit(1, unit(0, true));
        home.run();
        delivery.onUnit(0, unit(1, false));
        home.run();
        assertThat(writer.calls).containsExactly("unit 0", "unit 1", "flush", "unit 0", "flush");
    }

    @Test
    void loop_thatIsStuck_losesUnitsUntilAKeyFrameAndCountsThem() {
        delivery.onUnit(0, unit(0, true));
        for (int i = 1; i < UnitFlight.MAX_UNITS + 10; i++) {
            delivery.onUnit(0, unit(i, false));
        }
        home.run();
        delivery.onUnit(0, unit(100, false));
        delivery.onUnit(0, unit(101, true));
        home.run();
        assertThat(writer.units).hasSize(UnitFlight.MAX_UNITS + 1);
        assertThat(writer.units.getLast().ptsTicks()).isEqualTo(101);
        assertThat(writer.calls).filteredOn("dropped"::equals).hasSize(11);
    }

    @Test
    void failure_ofTheJob_isTheEnd() {
        delivery.onFailed(new JobFailure(JobFailure.Kind.NATIVE, "no encoder"));
        assertThat(ends).containsExactly("no encoder");
    }

    @Test
    void loop_thatTakesNoMore_isTheEndOfThisSourceOnly() {
        DemoDelivery refused = new DemoDelivery(new FullLoop(), writer, ends::add);
        refused.onReady(List.of(new Codec.Opus()));
        refused.onUnit(0, unit(0, true));
        assertThat(ends).contains("Oriel is too busy for the demo");
    }

    private static AccessUnit unit(long pts, boolean key) {
        return new AccessUnit(pts, Optional.empty(), key, List.of(Bytes.ofHex("65")));
    }

    private static final class FullLoop implements MediaLoop {
        @Override
        public int index() {
            return 0;
        }

        @Override
        public boolean inLoop() {
            return false;
        }

        @Override
        public void execute(Runnable task) {
            throw new RejectedExecutionException("full");
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            throw new RejectedExecutionException("full");
        }

        @Override
        public long nanoTime() {
            return 0;
        }
    }
}
