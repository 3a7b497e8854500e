package oriel.api;

/** Where a route's stream is named. */
enum StreamIn {
    /** Nowhere: it is about no stream. */
    NONE,
    /** As {@code src} in the query; where that is missing, the route tells or leaves out what is not theirs. */
    QUERY,
    /** As {@code id} in the path. */
    PATH,
    /** In the body, in several places, or behind a session: the route's one step looks at it. */
    ROUTE
}
