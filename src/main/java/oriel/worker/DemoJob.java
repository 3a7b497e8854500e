package oriel.worker;

import java.io.IOException;
import oriel.base.Alarm;
import oriel.base.Clock;

/** The demo camera at its own pace: each unit at its time by the monotonic clock, so that nothing drifts. */
final class DemoJob implements Job {
    // A machine that slept, or had no time for us, goes on from now.
    private static final long MAX_LATE_NANOS = 500_000_000L;

    private final DemoRequest request;
    private final Clock clock;

    DemoJob(DemoRequest request, Clock clock) {
        this.request = request;
        this.clock = clock;
    }

    @Override
    public void run(Input input, Output output) throws IOException, InterruptedException {
        Alarm alarm = clock.newAlarm();
        try (DemoEncoder encoder = DemoEncoder.open(request, clock)) {
            output.ready(encoder.codecs());
            long start = clock.nanoTime();
            while (true) {
                alarm.awaitUntil(start + encoder.nextNanos());
                long now = clock.nanoTime() - start;
                if (now - encoder.nextNanos() > MAX_LATE_NANOS) {
                    encoder.skipTo(now);
                }
                encoder.next().ifPresent(made -> output.unit(made.track(), made.unit()));
            }
        }
    }
}
