package oriel.stream;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.media.StreamDescription;

/** A source whose tries do what a test says: each try takes the next step and does it. */
final class ScriptedSource implements Source {
    /** What one try does. */
    sealed interface Step {
        /** Fails at once. */
        record Fail(Failure failure) implements Step {}

        /** Describes itself and stays until ended. */
        record Live(StreamDescription description) implements Step {}
    }

    private final BlockingQueue<Step> steps = new LinkedBlockingQueue<>();
    private final BlockingQueue<Try> tries = new LinkedBlockingQueue<>();
    private final AtomicInteger count = new AtomicInteger();

    /** One live try: the test writes through it and ends it. */
    static final class Try {
        final SourceSession session;
        private final CountDownLatch ended = new CountDownLatch(1);

        Try(SourceSession session) {
            this.session = session;
        }

        /** The camera closes the connection. */
        void end() {
            ended.countDown();
        }
    }

    void then(Failure failure) {
        steps.add(new Step.Fail(failure));
    }

    void thenLive(StreamDescription description) {
        steps.add(new Step.Live(description));
    }

    /** How many tries were begun. */
    int count() {
        return count.get();
    }

    /** The next live try, described; the test must turn the home loop afterwards. */
    Try awaitLive() throws InterruptedException {
        Try live = tries.poll(10, TimeUnit.SECONDS);
        if (live == null) {
            throw new AssertionError("no try became live");
        }
        return live;
    }

    @Override
    public void run(SourceSession session) throws FailureException, InterruptedException {
        count.incrementAndGet();
        switch (steps.take()) {
            case Step.Fail(Failure failure) -> throw new FailureException(failure);
            case Step.Live(StreamDescription description) -> {
                Try live = new Try(session);
                session.home().execute(() -> session.writer().open(description));
                tries.add(live);
                live.ended.await();
            }
        }
    }
}
