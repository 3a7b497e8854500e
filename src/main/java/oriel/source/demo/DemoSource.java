package oriel.source.demo;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import oriel.base.Failure;
import oriel.base.FailureException;
import oriel.stream.Source;
import oriel.stream.SourceInfo;
import oriel.stream.SourceSession;
import oriel.worker.DemoRequest;
import oriel.worker.MediaWorker;
import oriel.worker.WorkerException;
import oriel.worker.WorkerJob;

/** One run of the demo camera: a job of the media worker whose units go to the hub until either of them ends. */
final class DemoSource implements Source {
    private final MediaWorker worker;
    private final DemoRequest request;

    DemoSource(MediaWorker worker, DemoRequest request) {
        this.worker = worker;
        this.request = request;
    }

    @Override
    public void run(SourceSession session) throws FailureException, InterruptedException {
        CompletableFuture<String> end = new CompletableFuture<>();
        DemoDelivery delivery = new DemoDelivery(session.home(), session.writer(), end::complete);
        session.info(new SourceInfo("demo", "demo", "", "", "Oriel"));
        WorkerJob job = open(delivery);
        try {
            throw new FailureException(new Failure.Server(end.get()));
        } catch (ExecutionException e) {
            throw new IllegalStateException("the end of a job cannot fail", e);
        } finally {
            job.close();
        }
    }

    private WorkerJob open(DemoDelivery delivery) throws FailureException, InterruptedException {
        try {
            return worker.open(request, delivery);
        } catch (WorkerException e) {
            throw new FailureException(new Failure.Server(e.sentence()), e);
        }
    }
}
