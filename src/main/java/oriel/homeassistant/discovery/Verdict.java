package oriel.homeassistant.discovery;

import java.util.Optional;
import oriel.base.Failure;

/**
 * What the hub and the probe together say of a camera.
 *
 * @param connected whether it answers; empty if nobody knows
 * @param reason what is wrong, a sentence; empty if nothing is
 */
record Verdict(Optional<Boolean> connected, Optional<String> reason) {
    /**
     * The verdict.
     *
     * @param before what was known last; a camera that is being connected, and one that is never probed, is as it was
     */
    static Verdict of(CameraReading camera, Optional<Probed> probed, Optional<Boolean> before) {
        return switch (camera.state()) {
            case OFF -> new Verdict(Optional.empty(), Optional.empty());
            case LIVE -> new Verdict(Optional.of(true), Optional.empty());
            case CONNECTING -> new Verdict(before, camera.failure().map(Failure::sentence));
            case RETRYING ->
                new Verdict(
                        camera.failure().map(Verdict::answers).orElse(before),
                        camera.failure().map(Failure::sentence));
            case IDLE -> resting(camera, probed, before);
        };
    }

    private static Verdict resting(CameraReading camera, Optional<Probed> probed, Optional<Boolean> before) {
        Optional<Boolean> told = camera.failure().flatMap(Verdict::answers);
        // What a try that came later found out wins over the probe, and the probe over an older try.
        boolean tryIsNewer = camera.failure().isPresent()
                && probed.filter(probe -> camera.since()
                                .filter(since -> since.isAfter(probe.at()))
                                .isEmpty())
                        .isEmpty();
        if (probed.isEmpty() || tryIsNewer) {
            return new Verdict(
                    told.isPresent() ? told : before, camera.failure().map(Failure::sentence));
        }
        if (!probed.get().reachable()) {
            return new Verdict(Optional.of(false), probed.get().reason());
        }
        // It answers, but what it refused before it still refuses.
        return new Verdict(
                Optional.of(true),
                camera.failure()
                        .filter(failure -> answers(failure).orElse(false))
                        .map(Failure::sentence));
    }

    /** Whether a camera that fails so is there and answers. */
    private static Optional<Boolean> answers(Failure failure) {
        return switch (failure) {
            case Failure.Refused f -> Optional.of(false);
            case Failure.Timeout f -> Optional.of(false);
            case Failure.NoRoute f -> Optional.of(false);
            case Failure.Dns f -> Optional.of(false);
            case Failure.Silent f -> Optional.of(false);
            case Failure.Protocol f -> Optional.of(false);
            case Failure.Unauthorized f -> Optional.of(true);
            case Failure.NotFound f -> Optional.of(true);
            case Failure.Tls f -> Optional.of(true);
            case Failure.AudioOnly f -> Optional.of(true);
            case Failure.CodecMismatch f -> Optional.of(true);
            case Failure.Server f -> Optional.empty();
            case Failure.Unsupported f -> Optional.empty();
        };
    }
}
