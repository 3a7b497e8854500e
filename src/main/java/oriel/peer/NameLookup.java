package oriel.peer;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.Resolver;
import oriel.base.Seams;
import oriel.net.Deadline;

/**
 * Resolves names so that nobody waits for a name server that is dead: an answer that is late is used the next time. Any
 * virtual thread.
 */
public final class NameLookup {
    private static final Logger LOG = LoggerFactory.getLogger("webrtc");

    /** How long an answer to a viewer waits for the names in it. */
    private static final Duration PATIENCE = Duration.ofMillis(250);

    /** Names that are looked up at once; a further one is not. */
    private static final int MOST_AT_ONCE = 16;

    private final Seams seams;
    private final Executor threads;
    private final Semaphore places = new Semaphore(MOST_AT_ONCE);
    private final Map<String, InetAddress> last = new ConcurrentHashMap<>(); // of configured names only

    /** @param threads gives each question a virtual thread */
    public NameLookup(Seams seams, Executor threads) {
        this.seams = seams;
        this.threads = threads;
    }

    /**
     * The first address of a name that the owner wrote; the last known one while there is no answer.
     *
     * @param name a name or an IP literal
     */
    Optional<InetAddress> configured(String name) {
        try {
            InetAddress address =
                    Deadline.in(seams.clock(), PATIENCE).await(all(name).thenApply(found -> remember(name, found)));
            return Optional.of(address);
        } catch (TimeoutException e) {
            LOG.debug("the name {} is still being looked up", name);
        } catch (ExecutionException e) {
            LOG.warn("the name {} in webrtc.candidates is unknown here; use an IP address", name);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Optional.ofNullable(last.get(name));
    }

    private InetAddress remember(String name, List<InetAddress> found) {
        InetAddress first = found.getFirst();
        last.put(name, first);
        return first;
    }

    /**
     * The addresses of a name, at least one; fails with {@link UnknownHostException}.
     *
     * @param name a name or an IP literal
     */
    CompletableFuture<List<InetAddress>> all(String name) {
        if (!places.tryAcquire()) {
            return CompletableFuture.failedFuture(new UnknownHostException("too many names are looked up at once"));
        }
        return CompletableFuture.supplyAsync(() -> lookUp(seams.resolver(), name), threads)
                .whenComplete((found, error) -> places.release());
    }

    private static List<InetAddress> lookUp(Resolver resolver, String name) {
        try {
            return resolver.resolve(name);
        } catch (UnknownHostException e) {
            throw new CompletionException(e);
        }
    }
}
