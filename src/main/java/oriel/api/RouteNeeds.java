package oriel.api;

import io.micronaut.core.annotation.AnnotationMetadata;
import java.util.Optional;
import oriel.access.Right;
import oriel.access.TokenUse;

/**
 * What a route declared by {@link Needs}.
 *
 * @param right which right it asks for
 * @param stream where its stream is named
 * @param token what a link's token is good for
 * @param page whether it is a part of our page
 */
record RouteNeeds(Right right, StreamIn stream, TokenUse token, boolean page) {
    /** For what no route answers: who is nobody is not told what there is. */
    static final RouteNeeds ELSEWHERE = new RouteNeeds(Right.KNOWN, StreamIn.NONE, TokenUse.NONE, false);

    /** What a method, or else its class, declares. */
    static Optional<RouteNeeds> of(AnnotationMetadata route) {
        return route.enumValue(Needs.class, Right.class)
                .map(right -> new RouteNeeds(
                        right,
                        route.enumValue(Needs.class, "stream", StreamIn.class).orElse(StreamIn.ROUTE),
                        route.enumValue(Needs.class, "token", TokenUse.class).orElse(TokenUse.NONE),
                        route.booleanValue(Needs.class, "page").orElse(false)));
    }
}
