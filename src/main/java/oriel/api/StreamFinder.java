package oriel.api;

import java.util.List;
import java.util.Optional;
import oriel.access.Principal;
import oriel.access.Refusal;
import oriel.catalog.CatalogException;
import oriel.catalog.Lease;
import oriel.stream.LiveStream;

/** Finds the stream that somebody wants to see, or makes one for an address that he may watch. */
final class StreamFinder {
    private final ApiServices services;

    StreamFinder(ApiServices services) {
        this.services = services;
    }

    /** What was found. */
    sealed interface Result {
        /** @param release to be called once, when the stream is no longer watched */
        record Found(LiveStream stream, Runnable release) implements Result {}

        record Unknown() implements Result {}

        record Refused(Refusal refusal) implements Result {}
    }

    /**
     * @param src a stream's name or a source
     * @param name if given, the stream that {@code src} becomes, and that is remembered
     */
    Result find(Principal who, String src, Optional<String> name) {
        boolean theirs =
                who.streams().allows(src) && name.map(who.streams()::allows).orElse(true);
        if (!theirs) {
            return new Result.Refused(Adding.notTheirs());
        }
        Optional<LiveStream> known = services.catalog().find(src);
        boolean addressed = known.isEmpty() && src.indexOf(':') > 0;
        if (known.isEmpty() && !addressed) {
            return new Result.Unknown();
        }
        boolean renames = name.isPresent() && !name.get().equals(src);
        if (addressed || renames) {
            Optional<Refusal> refusal = services.policy()
                    .check(
                            who,
                            List.of(src),
                            other -> services.catalog().find(other).isPresent());
            if (refusal.isPresent()) {
                return new Result.Refused(refusal.get());
            }
        }
        try {
            if (renames) {
                return found(services.catalog().add(name.orElseThrow(), List.of(src)));
            }
            if (known.isPresent()) {
                return found(known.get());
            }
            Lease lease = services.catalog().borrow(src);
            return new Result.Found(lease.stream(), lease::close);
        } catch (CatalogException e) {
            return new Result.Refused(Adding.refusal(e));
        }
    }

    private static Result found(LiveStream stream) {
        return new Result.Found(stream, () -> {});
    }
}
