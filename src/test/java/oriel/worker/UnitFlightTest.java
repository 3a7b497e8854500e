package oriel.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import oriel.base.Bytes;
import oriel.media.AccessUnit;

class UnitFlightTest {
    private static final int PICTURE = 0;
    private static final int SOUND = 1;

    private final UnitFlight flight = new UnitFlight();
    private long pts;

    @Test
    void units_inTheirNumber_passInOrder() {
        for (int i = 0; i < UnitFlight.MAX_UNITS; i++) {
            assertThat(picture(i == 0)).isTrue();
        }
        assertThat(drained()).hasSize(UnitFlight.MAX_UNITS).isSorted();
        assertThat(flight.dropped()).isZero();
    }

    @Test
    void oneTooMany_isDropped_andAllUntilTheNextKeyFrame() {
        picture(true);
        while (picture(false)) {
            assertThat(pts).isLessThan(100);
        }
        long lost = pts;
        drained();
        assertThat(picture(false)).isFalse();
        assertThat(picture(false)).isFalse();
        assertThat(picture(true)).isTrue();
        assertThat(picture(false)).isTrue();

        assertThat(drained()).containsExactly(lost + 3, lost + 4);
        assertThat(flight.dropped()).isEqualTo(3);
    }

    @Test
    void keyFrame_whenFull_pushesOutWhatWaitsOfItsTrack() {
        sound();
        picture(true);
        while (picture(false)) {
            assertThat(pts).isLessThan(100);
        }
        assertThat(picture(true)).isTrue();
        long key = pts;
        assertThat(drained()).containsExactly(1L, key);
        assertThat(flight.dropped()).isEqualTo(UnitFlight.MAX_UNITS);
    }

    @Test
    void keyFrame_whenAnotherTrackFillsAll_isDroppedAndTheNextComes() {
        while (pts < UnitFlight.MAX_UNITS) {
            sound();
        }
        assertThat(picture(true)).isFalse();
        drained();
        assertThat(picture(false)).isFalse();
        assertThat(picture(true)).isTrue();
    }

    @Test
    void bytes_beyondTheirBound_areDropped() {
        assertThat(offer(PICTURE, true, UnitFlight.MAX_BYTES - 10)).isTrue();
        assertThat(offer(PICTURE, false, 11)).isFalse();
        assertThat(drained()).hasSize(1);
    }

    @Test
    void bytes_ofWhatHasLeft_countNoMore() {
        for (int i = 0; i < 10; i++) {
            assertThat(offer(PICTURE, true, UnitFlight.MAX_BYTES)).isTrue();
            assertThat(drained()).hasSize(1);
        }
    }

    @Test
    void singleUnit_largerThanTheBound_passesAlone() {
        assertThat(offer(PICTURE, true, UnitFlight.MAX_BYTES + 1)).isTrue();
        assertThat(drained()).hasSize(1);
    }

    @Test
    void track_thatIsNone_isDropped() {
        assertThat(offer(16, true, 1)).isFalse();
        assertThat(offer(-1, true, 1)).isFalse();
        assertThat(flight.stats()).isEqualTo(new JobStats(0, 2));
    }

    private boolean picture(boolean key) {
        return offer(PICTURE, key, 10);
    }

    private void sound() {
        assertThat(offer(SOUND, true, 10)).isTrue();
    }

    private boolean offer(int track, boolean key, int size) {
        pts++;
        return flight.offer(track, new AccessUnit(pts, Optional.empty(), key, List.of(Bytes.of(new byte[size]))));
    }

    private List<Long> drained() {
        List<Long> left = new ArrayList<>();
        for (Optional<UnitFlight.Waiting> next = flight.poll(); next.isPresent(); next = flight.poll()) {
            left.add(next.get().unit().ptsTicks());
        }
        return left;
    }
}
