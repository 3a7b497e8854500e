package oriel.config;

import java.time.Duration;
import java.util.Set;

/**
 * How cameras that nobody watches are asked whether they are there ({@code oriel.probe}).
 *
 * @param interval how often; 10 s to a day; default 60 s
 * @param off names of streams that are never asked, such as battery cameras; default none
 */
public record ProbeConfig(Duration interval, Set<String> off) {
    /** What holds where the owner says nothing. */
    public static final ProbeConfig STANDARD = new ProbeConfig(Duration.ofSeconds(60), Set.of());

    public ProbeConfig {
        off = Set.copyOf(off);
    }
}
