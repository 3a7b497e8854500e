package oriel.source.demo;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import oriel.media.AccessUnit;
import oriel.media.StreamDescription;
import oriel.net.MediaLoop;
import oriel.rtp.RtpView;
import oriel.stream.StreamWriter;

/** Keeps what a source writes, and insists on the home loop. */
final class RecordingWriter implements StreamWriter {
    final BlockingQueue<String> calls = new LinkedBlockingQueue<>();
    final List<AccessUnit> units = new ArrayList<>();
    volatile StreamDescription description = StreamDescription.empty();
    private final MediaLoop home;

    RecordingWriter(MediaLoop home) {
        this.home = home;
    }

    @Override
    public void open(StreamDescription opened) {
        onHome();
        description = opened;
        calls.add("open");
    }

    @Override
    public void packet(int track, RtpView packet) {
        throw new AssertionError("the demo writes units");
    }

    @Override
    public void unit(int track, AccessUnit unit) {
        onHome();
        units.add(unit);
        calls.add("unit " + track);
    }

    @Override
    public void clock(int track, long rtpTimestamp, Instant cameraTime) {
        throw new AssertionError("the demo has no sender reports");
    }

    @Override
    public void dropped(String reason) {
        onHome();
        calls.add("dropped");
    }

    @Override
    public void flush() {
        onHome();
        calls.add("flush");
    }

    private void onHome() {
        if (!home.inLoop()) {
            throw new AssertionError("not on the home loop");
        }
    }
}
