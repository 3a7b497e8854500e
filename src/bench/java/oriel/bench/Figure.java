package oriel.bench;

import java.util.Optional;

/**
 * One line of a table: ours beside a yardstick of the same run.
 *
 * @param what is measured
 * @param unit of both
 * @param ours one value a run
 * @param yardstick one value a run
 * @param target what ours should stay below, if something was promised
 * @param share of the yardstick that ours should not exceed, if something was promised
 */
record Figure(
        String what, String unit, Samples ours, Samples yardstick, Optional<Double> target, Optional<Double> share) {
    static Figure of(String what, String unit, Samples ours, Samples yardstick) {
        return new Figure(what, unit, ours, yardstick, Optional.empty(), Optional.empty());
    }

    Figure below(double promised) {
        return new Figure(what, unit, ours, yardstick, Optional.of(promised), share);
    }

    Figure atMost(double promised) {
        return new Figure(what, unit, ours, yardstick, target, Optional.of(promised));
    }
}
