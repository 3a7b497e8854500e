package oriel.bench;

import java.util.concurrent.locks.LockSupport;
import oriel.testing.camera.SimulatedCamera;

/** A camera that sends 25 pictures a second to whoever plays, from its start to its close. */
final class PacedCamera implements AutoCloseable {
    private static final long PICTURE_NANOS = 40_000_000;

    private final SimulatedCamera camera = CameraBytes.camera();
    private final CameraBytes bytes;
    private final Thread thread;
    private volatile boolean closed;

    PacedCamera(int megabits) {
        bytes = new CameraBytes(megabits);
        thread = Thread.ofPlatform().daemon().name("camera").start(this::run);
    }

    String url() {
        return camera.url();
    }

    private void run() {
        long begin = System.nanoTime();
        for (int i = 0; !closed; i++) {
            camera.emitRaw(CameraBytes.interleaved(bytes.picture(i)));
            for (long end = begin + (i + 1) * PICTURE_NANOS; System.nanoTime() < end && !closed; ) {
                LockSupport.parkNanos(end - System.nanoTime());
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(thread);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        camera.close();
    }
}
