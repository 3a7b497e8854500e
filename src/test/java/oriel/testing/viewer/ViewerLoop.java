package oriel.testing.viewer;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * One thread for the sockets of any number of {@link RtpViewer}s. Close the viewers first: closing the loop drops what is
 * left without a goodbye.
 */
public final class ViewerLoop implements AutoCloseable {
    private static final long TICK_MILLIS = 10;

    private final Selector selector;
    private final Thread thread;
    private final ConcurrentLinkedQueue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final List<RtpViewer> viewers = new ArrayList<>(); // of the thread
    private volatile boolean closed;

    private ViewerLoop(String name) {
        try {
            selector = Selector.open();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().daemon().name(name).start(this::run);
    }

    public static ViewerLoop start() {
        return new ViewerLoop("viewers");
    }

    void execute(Runnable task) {
        tasks.add(task);
        selector.wakeup();
    }

    Selector selector() {
        return selector;
    }

    void add(RtpViewer viewer) {
        viewers.add(viewer);
    }

    void remove(RtpViewer viewer) {
        viewers.remove(viewer);
    }

    @Override
    public void close() {
        closed = true;
        selector.wakeup();
        try {
            thread.join(10_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        long nextTick = System.nanoTime();
        while (!closed) {
            try {
                selector.select(TICK_MILLIS);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    task.run();
                }
                for (SelectionKey key : selector.selectedKeys()) {
                    if (key.isValid() && key.isReadable()) {
                        ((RtpViewer) key.attachment()).read();
                    }
                }
                selector.selectedKeys().clear();
                long now = System.nanoTime();
                if (now - nextTick >= 0) {
                    nextTick = now + TICK_MILLIS * 1_000_000;
                    List.copyOf(viewers).forEach(viewer -> viewer.tick(now));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        List.copyOf(viewers).forEach(RtpViewer::drop);
        try {
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
