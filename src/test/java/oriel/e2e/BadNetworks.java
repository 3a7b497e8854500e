package oriel.e2e;

import java.time.Duration;
import java.util.List;
import oriel.testing.impair.Impairment;

/** Networks that pictures must come through. */
enum BadNetworks {
    LOSS_1("1 % loss", Impairment.NONE.lossy(0.01)),
    LOSS_5("5 % loss", Impairment.NONE.lossy(0.05)),
    LOSS_10("10 % loss", Impairment.NONE.lossy(0.1)),
    BURSTS("200 ms of total loss every 2 s", Impairment.NONE.failing(Duration.ofMillis(200), Duration.ofSeconds(2))),
    REORDER("1 % of packets 50 packets late", Impairment.NONE.reordering(0.01, 50)),
    MIXED(
            "2 % loss, 40 ms and up to 30 more, 1 % twice",
            Impairment.NONE
                    .lossy(0.02)
                    .delayed(Duration.ofMillis(40), Duration.ofMillis(30))
                    .duplicating(0.01));

    /** The same each time. */
    static final long SEED = 20_261_121;

    private final String words;
    private final Impairment impairment;

    BadNetworks(String words, Impairment impairment) {
        this.words = words;
        this.impairment = impairment;
    }

    Impairment impairment() {
        return impairment;
    }

    /** One line for who wants to know how well it went; nothing is asserted of it. */
    void print(String engine, long began, long decoded, double frozenSeconds, List<String> more) {
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(
                "IMPAIRED %s, %s: %d of about %.0f pictures in %.1f s, frozen %.2f s, %s%n",
                engine, words, decoded, seconds * 25, seconds, frozenSeconds, String.join(", ", more));
    }
}
