package oriel.source.ffmpeg;

import java.util.Locale;
import java.util.Set;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.base.Redacted;
import oriel.stream.Source;
import oriel.stream.SourceFactory;
import oriel.stream.SourceHint;
import oriel.stream.SourceKey;

/**
 * Takes {@code ffmpeg:} sources without an ffmpeg: Home Assistant registers every generic camera as
 * {@code ffmpeg:rtsp://...}, which our own client opens several times faster than a child would.
 */
public final class FfmpegSourceFactory implements SourceFactory {
    private final Set<String> spoken;

    /** @param spoken schemes that this version fetches by itself, lower case */
    public FfmpegSourceFactory(Set<String> spoken) {
        this.spoken = Set.copyOf(spoken);
    }

    @Override
    public Set<String> schemes() {
        return Set.of("ffmpeg");
    }

    @Override
    public SourceHint hint(String source) {
        FfmpegUrl url = FfmpegUrl.parse(source);
        if (url.convertsSoundOnly()) {
            // Home Assistant adds one of these to every camera; that it offers nothing is no fault of the camera.
            return new SourceHint.Nothing(
                    new Failure.CodecMismatch("This version of Oriel does not convert sound: " + shown(source) + "."));
        }
        if (!url.copies() && !url.copiesWhatFits()) {
            return new SourceHint.Nothing(new Failure.Unsupported(
                    "This version of Oriel does not convert pictures or sound, which " + shown(source) + " asks for."));
        }
        String input = url.input();
        int scheme = input.indexOf("://");
        if (scheme > 0 && !spoken.contains(input.substring(0, scheme).toLowerCase(Locale.ROOT))) {
            return new SourceHint.Nothing(new Failure.Unsupported("This version of Oriel does not speak "
                    + input.substring(0, scheme) + ", which " + shown(source) + " asks for."));
        }
        return new SourceHint.Follow(input);
    }

    @Override
    public SourceKey key(String source) throws FailureException {
        throw new FailureException(new Failure.Unsupported(shown(source) + " is only ever followed."));
    }

    @Override
    public Source create(SourceKey key) {
        throw new IllegalStateException(key + " is only ever followed");
    }

    private static String shown(String source) {
        return Redacted.url(source);
    }
}
