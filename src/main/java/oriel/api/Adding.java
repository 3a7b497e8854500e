package oriel.api;

import io.micronaut.http.HttpStatus;
import java.util.List;
import java.util.Optional;
import oriel.access.Principal;
import oriel.access.Refusal;
import oriel.access.Right;
import oriel.catalog.CatalogException;

/** The one step behind every door that adds a stream or changes its sources: the source policy, then the catalog. */
final class Adding {
    private final ApiServices services;

    Adding(ApiServices services) {
        this.services = services;
    }

    /**
     * Makes {@code name} a stream of {@code sources}.
     *
     * @return why not, with the status of HTTP; empty if it is done
     */
    Optional<Refusal> add(Principal who, String name, List<String> sources) {
        if (!who.streams().allows(name)) {
            return Optional.of(notTheirs());
        }
        Optional<Refusal> refusal = services.policy()
                .check(
                        who,
                        sources,
                        known -> known.equals(name)
                                || services.catalog().find(known).isPresent());
        if (refusal.isPresent()) {
            return refusal;
        }
        try {
            services.catalog().add(name, sources);
            return Optional.empty();
        } catch (CatalogException e) {
            return Optional.of(refusal(e));
        }
    }

    /** Takes {@code name} away, with what was said about it. */
    Optional<Refusal> remove(Principal who, String name) {
        if (!who.role().may(Right.OPERATE) || !who.streams().allows(name)) {
            return Optional.of(new Refusal(HttpStatus.FORBIDDEN.getCode(), "You may not delete this stream."));
        }
        try {
            services.catalog().remove(name);
            services.preloads().remove(name);
            return Optional.empty();
        } catch (CatalogException e) {
            return Optional.of(refusal(e));
        }
    }

    /** What hears who asks for a stream that is not there for them, whether there is one or not. */
    static Refusal notTheirs() {
        return new Refusal(HttpStatus.FORBIDDEN.getCode(), "This stream is not there for you.");
    }

    /** Why the catalog does not take it, as a door says it. */
    static Refusal refusal(CatalogException e) {
        return new Refusal(Answers.status(e.reason()).getCode(), e.sentence());
    }
}
