package oriel.output.still;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.stream.LiveStream;
import oriel.stream.StreamRegistry;
import oriel.testing.ManualLoop;
import oriel.testing.VirtualClock;

class PictureCacheTest {
    private static final Executor NOBODY = task -> {};

    private final StreamRegistry streams = new StreamRegistry(
            new Seams(new VirtualClock(), new SplittableRandom(1), Resolver.system()), ManualLoop::new, NOBODY);
    private final LiveStream door = streams.put("door", List.of("a:1"));
    private final LiveStream garden = streams.put("garden", List.of("a:2"));
    private final PictureCache cache = new PictureCache(1000);

    @Test
    void picturesBeyondTheBound_go_theLongestUnaskedFirst() {
        Picture one = cache.put(Pictures.picture(0, 400));
        Picture two = cache.put(Pictures.picture(0, 400));
        cache.shown(door, two);
        assertThat(cache.find(one.first())).contains(one);
        Picture three = cache.put(Pictures.picture(0, 400));
        assertThat(cache.find(two.first())).isEmpty();
        assertThat(cache.lastGood(door)).isEmpty();
        assertThat(cache.find(one.first())).contains(one);
        assertThat(cache.find(three.first())).contains(three);
        assertThat(cache.bytes()).isEqualTo(800);
    }

    @Test
    void jpegs_count() {
        Picture one = cache.put(Pictures.picture(0, 400));
        Picture two = cache.put(Pictures.picture(0, 400));
        two.grow(300);
        cache.shown(door, two);
        assertThat(cache.find(one.first())).isEmpty();
    }

    @Test
    void newerPictureOfAStream_takesThePlaceOfTheOneBefore_unlessAnotherStreamShowsIt() {
        Picture before = cache.put(Pictures.picture(0, 10));
        Picture now = cache.put(Pictures.picture(5, 10));
        cache.shown(door, before);
        cache.shown(garden, before);
        cache.shown(door, now);
        assertThat(cache.find(before.first())).isPresent();
        cache.shown(garden, now);
        assertThat(cache.find(before.first())).isEmpty();
        assertThat(cache.lastGood(door)).contains(now);
        assertThat(cache.bytes()).isEqualTo(10);
    }

    @Test
    void streamWithOtherSources_hasNotThePictureOfTheOldOnes() {
        cache.shown(door, Pictures.picture(0, 10));
        streams.put("door", List.of("a:3"));
        assertThat(cache.lastGood(door)).isEmpty();
    }

    @Test
    void samePictureByTwoRequests_isOne() {
        Picture first = Pictures.picture(5, 10);
        Picture second = new Picture(first.first(), "H264", first.units(), 5);
        Picture newer = new Picture(first.first(), "H264", first.units(), 9);
        cache.put(first);
        assertThat(cache.put(second)).isSameAs(first);
        assertThat(cache.put(newer)).isSameAs(newer);
    }
}
