package oriel.bench;

import java.time.Duration;

/** How much is measured: enough to publish, or enough to see whether it works. */
enum Effort {
    FULL(10, 10, 3, Duration.ofSeconds(20), 3, 500, 5, 5, 8),
    SHORT(3, 4, 1, Duration.ofSeconds(6), 1, 300, 3, 1, 4);

    private final int starts;
    private final int viewers;
    private final int transits;
    private final Duration transit;
    private final int packetRounds;
    private final int iterationMillis;
    private final int lanes;
    private final int crowds;
    private final int crowdSeconds;

    Effort(
            int starts,
            int viewers,
            int transits,
            Duration transit,
            int packetRounds,
            int iterationMillis,
            int lanes,
            int crowds,
            int crowdSeconds) {
        this.starts = starts;
        this.viewers = viewers;
        this.transits = transits;
        this.transit = transit;
        this.packetRounds = packetRounds;
        this.iterationMillis = iterationMillis;
        this.lanes = lanes;
        this.crowds = crowds;
        this.crowdSeconds = crowdSeconds;
    }

    /** Processes started. */
    int starts() {
        return starts;
    }

    /** Browser viewers of each kind. */
    int viewers() {
        return viewers;
    }

    /** Processes that frames are sent through, for each number of viewers. */
    int transits() {
        return transits;
    }

    /** How long frames are sent through each. */
    Duration transit() {
        return transit;
    }

    /** Forks of each JMH benchmark. */
    int packetRounds() {
        return packetRounds;
    }

    /** One JMH iteration. */
    int iterationMillis() {
        return iterationMillis;
    }

    /** Runs of each lane. */
    int lanes() {
        return lanes;
    }

    /** Runs of each crowd of viewers. */
    int crowds() {
        return crowds;
    }

    /** How long a crowd is looked at. */
    int crowdSeconds() {
        return crowdSeconds;
    }
}
