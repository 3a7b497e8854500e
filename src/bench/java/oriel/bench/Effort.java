package oriel.bench;

import java.time.Duration;

/** How much is measured: enough to publish, or enough to see whether it works. */
enum Effort {
    FULL,
    SHORT;

    /** Processes started. */
    int starts() {
        return choose(10, 3);
    }

    /** Browser viewers of each kind. */
    int viewers() {
        return choose(10, 4);
    }

    /** Stills of each kind. */
    int stills() {
        return choose(60, 10);
    }

    /** Processes that frames are sent through, for each number of viewers. */
    int transits() {
        return choose(5, 1);
    }

    /** How long frames are sent through each. */
    Duration transit() {
        return Duration.ofSeconds(choose(20, 6));
    }

    /** Forks of each JMH benchmark. */
    int packetRounds() {
        return choose(3, 1);
    }

    /** One JMH iteration. */
    int iterationMillis() {
        return choose(500, 300);
    }

    /** Runs of each lane. */
    int lanes() {
        return choose(5, 3);
    }

    /** Runs of each crowd of viewers. */
    int crowds() {
        return choose(5, 1);
    }

    /** How long a crowd is looked at. */
    int crowdSeconds() {
        return choose(5, 3);
    }

    /** Processes that viewers stay with. */
    int memories() {
        return choose(3, 1);
    }

    /** How long their memory is looked at. */
    int memorySeconds() {
        return choose(30, 5);
    }

    /** Viewers that come and go. */
    int joins() {
        return choose(1000, 100);
    }

    /** How long the shipped collector is watched. */
    int pauseSeconds() {
        return choose(300, 20);
    }

    /** How long each of the others is. */
    int otherPauseSeconds() {
        return choose(60, 10);
    }

    private int choose(int full, int little) {
        return this == FULL ? full : little;
    }
}
