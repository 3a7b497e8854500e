package oriel.access;

/** What a route does with the token of a link. */
public enum TokenUse {
    /** It does not look at it. */
    NONE,
    /** A share link opens it. */
    MEDIA,
    /** So does a one-use token, which is not spent by it: this shows the player that spends it. */
    PAGE,
    /** So does a one-use token, which is spent by it: this begins a session. */
    SESSION_START,
    /** So does one that was spent, as long as it would have lived: this belongs to a session. */
    SESSION,
    /** Nothing but a one-use token for all streams of its maker opens it, which is spent by it: this tells of streams. */
    EVENTS
}
