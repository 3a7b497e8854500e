package oriel.source.demo;

import java.util.Set;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.stream.Source;
import oriel.stream.SourceFactory;
import oriel.stream.SourceHint;
import oriel.stream.SourceKey;
import oriel.worker.DemoRequest;
import oriel.worker.MediaWorker;

/** Brings in the built-in demo camera. There is one: any number of streams and viewers cost one job of the worker. */
public final class DemoSourceFactory implements SourceFactory {
    /** The only source there is of this kind. */
    public static final String SOURCE = "demo:";

    private final MediaWorker worker;
    private final DemoRequest request;

    /** The demo camera of the product. */
    public DemoSourceFactory(MediaWorker worker) {
        this(worker, DemoRequest.standard());
    }

    /** A demo camera of another size or rhythm. */
    public DemoSourceFactory(MediaWorker worker, DemoRequest request) {
        this.worker = worker;
        this.request = request;
    }

    @Override
    public Set<String> schemes() {
        return Set.of("demo");
    }

    @Override
    public SourceHint hint(String source) {
        return new SourceHint.Dial();
    }

    @Override
    public SourceKey key(String source) throws FailureException {
        if (!source.equalsIgnoreCase(SOURCE)) {
            throw new FailureException(
                    new Failure.Unsupported("The demo camera's source is just demo: and nothing more."));
        }
        return new SourceKey(SOURCE);
    }

    @Override
    public Source create(SourceKey key) {
        return new DemoSource(worker, request);
    }
}
