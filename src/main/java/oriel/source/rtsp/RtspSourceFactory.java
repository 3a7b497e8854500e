package oriel.source.rtsp;

import java.util.Set;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.base.MalformedException;
import oriel.base.Seams;
import oriel.net.Dialer;
import oriel.stream.Source;
import oriel.stream.SourceFactory;
import oriel.stream.SourceHint;
import oriel.stream.SourceKey;

/**
 * Makes sources of {@code rtsp://}, {@code rtsps://} (the camera must prove who it is) and {@code rtspx://} (encrypted,
 * with any certificate). Safe on any thread.
 */
public final class RtspSourceFactory implements SourceFactory {
    private static final Set<String> SCHEMES = Set.of("rtsp", "rtsps", "rtspx");

    private final Dialer dialer;
    private final Seams seams;

    public RtspSourceFactory(Dialer dialer, Seams seams) {
        this.dialer = dialer;
        this.seams = seams;
    }

    @Override
    public Set<String> schemes() {
        return SCHEMES;
    }

    @Override
    public SourceHint hint(String source) {
        return new SourceHint.Dial();
    }

    @Override
    public SourceKey key(String source) throws FailureException {
        try {
            RtspUrl url = RtspUrl.parse(source);
            return new SourceKey(url.canonical(), RtspOptions.of(url.options()).canonical());
        } catch (MalformedException e) {
            throw new FailureException(
                    new Failure.Unsupported("This is " + e.reason() + ". Write rtsp://user:password@host/path."), e);
        }
    }

    @Override
    public Source create(SourceKey key) {
        try {
            return new RtspSource(RtspUrl.parse(key.url()), RtspOptions.of(key.options()), dialer, seams);
        } catch (MalformedException e) {
            throw new IllegalArgumentException("a key that this factory did not make: " + e.reason(), e);
        }
    }
}
