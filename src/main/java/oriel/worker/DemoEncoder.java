package oriel.worker;

import java.io.IOException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.bytedeco.ffmpeg.global.avutil;
import org.bytedeco.javacv.FFmpegLogCallback;
import org.jspecify.annotations.Nullable;
import oriel.base.Bytes;
import oriel.base.Clock;
import oriel.media.AccessUnit;
import oriel.media.Codec;

/**
 * Makes the demo's pictures and sounds, one access unit after the other, on one time base. Keeps no pace: whoever calls
 * {@link #next()} waits until {@link #nextNanos()}, or does not. Holds native memory; for one thread, which also closes
 * it. Loads native code: in the product it runs in the worker alone.
 */
public final class DemoEncoder implements AutoCloseable {
    private static final int VIDEO = 0;
    private static final int OPUS = 1;
    private static final int PCMA = 2;
    private static final int PCMA_RATE = 8000;
    private static final int PCMA_SAMPLES = PCMA_RATE / 50;
    private static final int OPUS_RATE = 48_000;
    private static final long SECOND_NANOS = 1_000_000_000L;
    private static final long SOUND_NANOS = SECOND_NANOS / 50;

    private final DemoRequest request;
    private final Clock clock;
    private final Instant began;
    private final DemoPicture picture;
    private final PictureEncoder pictures;
    private final @Nullable SoundEncoder opus;
    private final short[] stereo;
    private final byte[] aLaw;
    private long frame;
    private long sound;
    private int soundTrack = OPUS;

    private DemoEncoder(DemoRequest request, Clock clock, PictureEncoder pictures, @Nullable SoundEncoder opus) {
        this.request = request;
        this.clock = clock;
        this.began = clock.now();
        this.pictures = pictures;
        this.opus = opus;
        this.picture = new DemoPicture(request, ZoneId.systemDefault());
        this.stereo = request.sound() ? DemoTone.stereo(OPUS_RATE) : new short[0];
        this.aLaw = request.sound() ? DemoTone.aLaw(PCMA_RATE) : new byte[0];
    }

    /**
     * @param clock whose time of day is burnt in
     * @throws IOException if an encoder does not open, in words
     */
    public static DemoEncoder open(DemoRequest request, Clock clock) throws IOException {
        @Nullable PictureEncoder pictures = null;
        try {
            FFmpegLogCallback.set();
            FFmpegLogCallback.setLevel(avutil.AV_LOG_ERROR);
            pictures = PictureEncoder.open(request);
            return new DemoEncoder(request, clock, pictures, request.sound() ? SoundEncoder.open() : null);
        } catch (NativeMediaException e) {
            if (pictures != null) {
                pictures.close();
            }
            throw new IOException(e.getMessage(), e);
        }
    }

    /** The tracks: H.264, and with sound Opus and PCMA; parameter sets are there from the beginning. */
    public List<Codec> codecs() {
        List<Codec> codecs = new ArrayList<>();
        codecs.add(pictures.codec());
        if (opus != null) {
            codecs.add(new Codec.Opus());
            codecs.add(new Codec.G711(Codec.G711.Law.A, PCMA_RATE, 1));
        }
        return codecs;
    }

    /** When the next unit is due, nanoseconds since the first. */
    public long nextNanos() {
        return opus == null ? pictureNanos() : Math.min(pictureNanos(), soundNanos());
    }

    /** Leaves out what was due before {@code nanos}: after a pause of the machine nothing is made up for. */
    public void skipTo(long nanos) {
        while (pictureNanos() < nanos) {
            frame++;
        }
        sound = Math.max(sound, nanos / SOUND_NANOS);
    }

    /**
     * The next unit by time; of units due together the picture comes first.
     *
     * @return nothing if the encoder left a picture out to keep its bitrate
     * @throws IOException if an encoder failed, in words
     */
    public Optional<DemoUnit> next() throws IOException {
        try {
            if (opus == null || pictureNanos() <= soundNanos()) {
                return nextPicture();
            }
            return Optional.of(soundTrack == OPUS ? nextOpus(opus) : nextPcma());
        } catch (NativeMediaException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        pictures.close();
        if (opus != null) {
            opus.close();
        }
    }

    private long pictureNanos() {
        return frame * SECOND_NANOS / request.fps();
    }

    private long soundNanos() {
        return sound * SOUND_NANOS;
    }

    private Optional<DemoUnit> nextPicture() throws NativeMediaException {
        Instant taken = began.plusNanos(pictureNanos());
        picture.draw(frame, clock.now(), pictures);
        long ptsTicks = frame * pictures.codec().clockRate() / request.fps();
        Optional<AccessUnit> unit = pictures.encode(frame, ptsTicks, taken);
        frame++;
        return unit.map(made -> new DemoUnit(VIDEO, made));
    }

    private DemoUnit nextOpus(SoundEncoder encoder) throws NativeMediaException {
        long ptsTicks = sound * SoundEncoder.SAMPLES;
        int offset = (int) (ptsTicks % OPUS_RATE) * SoundEncoder.CHANNELS;
        Bytes packet = Bytes.of(encoder.encode(ptsTicks, stereo, offset));
        soundTrack = PCMA;
        return new DemoUnit(OPUS, soundUnit(ptsTicks, packet));
    }

    private DemoUnit nextPcma() {
        long ptsTicks = sound * PCMA_SAMPLES;
        Bytes packet = Bytes.of(aLaw, (int) (ptsTicks % PCMA_RATE), PCMA_SAMPLES);
        AccessUnit unit = soundUnit(ptsTicks, packet);
        soundTrack = OPUS;
        sound++;
        return new DemoUnit(PCMA, unit);
    }

    private AccessUnit soundUnit(long ptsTicks, Bytes packet) {
        return new AccessUnit(ptsTicks, Optional.of(began.plusNanos(soundNanos())), true, List.of(packet));
    }
}
