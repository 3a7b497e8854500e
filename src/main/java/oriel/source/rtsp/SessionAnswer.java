package oriel.source.rtsp;

import java.time.Duration;
import java.util.Locale;

/**
 * The session that a camera opened, from the {@code Session} header of its answer to SETUP (RFC 2326, 12.37).
 *
 * @param id to be sent back with each request
 * @param timeout how long the camera keeps the session without a request; 60 s unless it says otherwise
 */
record SessionAnswer(String id, Duration timeout) {
    private static final int DEFAULT_SECONDS = 60;
    private static final Duration MARGIN = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofSeconds(25);
    private static final Duration SHORTEST = Duration.ofSeconds(1);

    static SessionAnswer parse(String header) {
        String[] parts = header.split(";", 16);
        int seconds = DEFAULT_SECONDS;
        for (String part : parts) {
            String parameter = part.strip().toLowerCase(Locale.ROOT);
            if (parameter.matches("timeout=\\d{1,6}")) {
                seconds = Integer.parseInt(parameter.substring("timeout=".length()));
            }
        }
        if (seconds == 0) {
            // Whatever is meant by it, not that each second counts.
            seconds = DEFAULT_SECONDS;
        }
        return new SessionAnswer(parts[0].strip(), Duration.ofSeconds(seconds));
    }

    /** How often to tell the camera that somebody is there: 5 s before its timeout, at least every 25 s. */
    Duration keepAliveInterval() {
        // 5 s less than a short timeout is too close to never or to always.
        Duration early = timeout.compareTo(MARGIN.multipliedBy(2)) > 0 ? timeout.minus(MARGIN) : timeout.dividedBy(2);
        Duration capped = early.compareTo(LONGEST) < 0 ? early : LONGEST;
        return capped.compareTo(SHORTEST) > 0 ? capped : SHORTEST;
    }
}
