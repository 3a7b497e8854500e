package oriel.source.rtsp;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import oriel.media.AccessUnit;
import oriel.media.StreamDescription;
import oriel.net.MediaLoop;
import oriel.rtp.RtpView;
import oriel.stream.SourceInfo;
import oriel.stream.SourceSession;
import oriel.stream.StreamWriter;

/** Stands in for the hub: writes down what a source tells. Checks that the writer is called on the home loop alone. */
final class RecordingSession implements SourceSession, StreamWriter {
    private static final long AWAIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final MediaLoop home;

    // Guarded by this:
    private final List<Packet> packets = new ArrayList<>();
    private final List<String> clocks = new ArrayList<>();
    private final Map<String, Integer> dropped = new HashMap<>();
    private final List<StreamDescription> descriptions = new ArrayList<>();
    private final List<SourceInfo> infos = new ArrayList<>();
    private Optional<Runnable> keyFrameRequest = Optional.empty();
    private int flushed;
    private int packetsAtFlush;
    private String mistake = "";

    RecordingSession(MediaLoop home) {
        this.home = home;
    }

    /** One packet as it came. */
    record Packet(int track, int payloadType, int sequence, long timestamp, boolean marker, List<Byte> payload) {}

    @Override
    public MediaLoop home() {
        return home;
    }

    @Override
    public StreamWriter writer() {
        return this;
    }

    @Override
    public synchronized void info(SourceInfo info) {
        infos.add(info);
        notifyAll();
    }

    @Override
    public synchronized void onKeyFrameRequest(Runnable request) {
        keyFrameRequest = Optional.of(request);
        notifyAll();
    }

    @Override
    public synchronized void open(StreamDescription description) {
        check(packets.isEmpty() || !descriptions.isEmpty(), "packets before open");
        descriptions.add(description);
        notifyAll();
    }

    @Override
    public synchronized void packet(int track, RtpView packet) {
        check(!descriptions.isEmpty(), "packet before open");
        byte[] payload = new byte[packet.payloadLength()];
        packet.copyPayload(0, payload, 0, payload.length);
        List<Byte> bytes = new ArrayList<>();
        for (byte b : payload) {
            bytes.add(b);
        }
        packets.add(
                new Packet(track, packet.payloadType(), packet.sequence(), packet.timestamp(), packet.marker(), bytes));
        notifyAll();
    }

    @Override
    public synchronized void unit(int track, AccessUnit unit) {
        check(false, "an RTSP source writes packets");
    }

    @Override
    public synchronized void clock(int track, long rtpTimestamp, Instant cameraTime) {
        check(true, "");
        clocks.add(track + " " + rtpTimestamp + " " + cameraTime);
        notifyAll();
    }

    @Override
    public synchronized void dropped(String reason) {
        check(true, "");
        dropped.merge(reason, 1, Integer::sum);
        notifyAll();
    }

    @Override
    public synchronized void flush() {
        check(true, "");
        flushed++;
        packetsAtFlush = packets.size();
        notifyAll();
    }

    private void check(boolean right, String what) {
        if (!right || !home.inLoop()) {
            mistake = right ? "not on the home loop" : what;
        }
    }

    /** Blocks until {@code condition} holds, at most 20 s. */
    synchronized void await(Predicate<RecordingSession> condition) throws InterruptedException {
        long end = System.nanoTime() + AWAIT_NANOS;
        while (!condition.test(this)) {
            long left = (end - System.nanoTime()) / 1_000_000;
            if (left <= 0) {
                throw new AssertionError("waited in vain; packets " + packets.size() + ", dropped " + dropped
                        + ", opened " + descriptions);
            }
            wait(left);
        }
    }

    synchronized List<Packet> packets() {
        return List.copyOf(packets);
    }

    synchronized List<Packet> packets(int track) {
        return packets.stream().filter(packet -> packet.track() == track).toList();
    }

    /** Packets that had come at the last flush. */
    synchronized int flushedPackets() {
        return packetsAtFlush;
    }

    synchronized int flushes() {
        return flushed;
    }

    synchronized List<String> clocks() {
        return List.copyOf(clocks);
    }

    synchronized int dropped(String reasonPart, int otherwise) {
        return dropped.entrySet().stream()
                .filter(entry -> entry.getKey().contains(reasonPart))
                .mapToInt(Map.Entry::getValue)
                .findFirst()
                .orElse(otherwise);
    }

    synchronized Map<String, Integer> allDropped() {
        return Map.copyOf(dropped);
    }

    /** What was opened last. */
    synchronized StreamDescription description() {
        return descriptions.isEmpty() ? StreamDescription.empty() : descriptions.getLast();
    }

    synchronized int opened() {
        return descriptions.size();
    }

    synchronized List<SourceInfo> infos() {
        return List.copyOf(infos);
    }

    synchronized Optional<Runnable> keyFrameRequest() {
        return keyFrameRequest;
    }

    /** What the source did wrong; empty if nothing. */
    synchronized String mistake() {
        return mistake;
    }
}
