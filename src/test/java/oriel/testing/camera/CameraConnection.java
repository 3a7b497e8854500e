package oriel.testing.camera;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** One viewer of a simulated camera: a thread that reads, and one that sends once PLAY has come. */
final class CameraConnection {
    private static final String LASTING_NONCE = "lasting";
    private static final String METHODS = "OPTIONS, DESCRIBE, SETUP, PLAY, GET_PARAMETER, TEARDOWN";
    private static final byte[] STRAY = {1, 2, '$', 9, 0, 4, '$', (byte) 200, 0, 1, 'x'};

    private final SimulatedCamera camera;
    private final int number;
    private final Socket socket;
    private final ReentrantLock lock = new ReentrantLock();
    private final List<@Nullable CameraLane> lanes = new ArrayList<>(); // guarded by lock
    private volatile boolean playing;
    private volatile boolean hanging;
    private int frames; // guarded by lock
    private String nonce = "";
    private int nonceUses;

    CameraConnection(SimulatedCamera camera, int number, Socket socket) {
        this.camera = camera;
        this.number = number;
        this.socket = socket;
    }

    boolean playing() {
        return playing;
    }

    /** Answers nothing and sends nothing any more; the socket stays. */
    void hang() {
        hanging = true;
    }

    void close(boolean reset) {
        try {
            if (reset) {
                socket.setSoLinger(true, 0);
            }
            socket.close();
        } catch (IOException e) {
            // It was closed already.
        }
    }

    /** Serves until the viewer leaves. */
    void run() {
        try (socket) {
            socket.setTcpNoDelay(true);
            DataInputStream in = new DataInputStream(new BufferedInputStream(socket.getInputStream()));
            while (true) {
                int first = in.readUnsignedByte();
                if (first == '$') {
                    int channel = in.readUnsignedByte();
                    byte[] packet = in.readNBytes(in.readUnsignedShort());
                    camera.countRtcp(channel, packet, lanes);
                } else {
                    message(head(first, in));
                }
            }
        } catch (IOException e) {
            // The viewer has left or the test has pulled the plug.
        } finally {
            playing = false;
        }
    }

    private static String head(int first, DataInputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        head.write(first);
        while (!head.toString(StandardCharsets.UTF_8).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new EOFException();
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.UTF_8);
    }

    private void message(String head) throws IOException {
        if (head.startsWith("RTSP/1.0 ")) {
            camera.countAnswer();
            return;
        }
        CameraRequest request = CameraRequest.parse(number, head);
        camera.record(request);
        if (hanging) {
            return;
        }
        int track = track(request);
        Optional<Integer> told = camera.told(request.method(), track);
        if (told.isPresent() && told.get() == SimulatedCamera.NO_ANSWER) {
            return;
        }
        if (told.isPresent() && told.get() == SimulatedCamera.HANG_UP) {
            throw new EOFException();
        }
        if (!request.method().equals("OPTIONS") && !admitted(request)) {
            return;
        }
        if (told.isPresent()) {
            answer(request, told.get(), List.of(), "");
            return;
        }
        act(request, track);
    }

    private void act(CameraRequest request, int track) throws IOException {
        switch (request.method()) {
            case "OPTIONS" -> options(request);
            case "DESCRIBE" -> describe(request);
            case "SETUP" -> setup(request, track);
            case "PLAY" -> play(request);
            case "GET_PARAMETER" -> parameter(request);
            case "TEARDOWN" -> {
                playing = false;
                answer(request, 200, List.of(), "");
            }
            default -> answer(request, 405, List.of(), "");
        }
    }

    private boolean admitted(CameraRequest request) throws IOException {
        CameraAuth auth = camera.auth();
        Optional<String> said = request.header("Authorization");
        if (auth == CameraAuth.NONE) {
            return true;
        }
        if (camera.has(Quirk.HANGS_UP_ON_STRANGERS)) {
            nonce = LASTING_NONCE;
        }
        boolean knows = said.isPresent() && auth.admits(said.get(), request, camera.user(), camera.password(), nonce);
        boolean expired = knows && nonceUses >= camera.nonceUses();
        if (knows && !expired) {
            nonceUses++;
            return true;
        }
        boolean leaves = camera.has(Quirk.HANGS_UP_ON_STRANGERS);
        nonce = leaves ? LASTING_NONCE : "n" + camera.random();
        nonceUses = 0;
        camera.countChallenge();
        List<String> headers = new ArrayList<>();
        for (String challenge : auth.challenges(nonce, expired && camera.saysStale())) {
            headers.add("WWW-Authenticate: " + challenge);
        }
        answer(request, 401, headers, "");
        if (leaves) {
            throw new EOFException();
        }
        return false;
    }

    private void options(CameraRequest request) throws IOException {
        if (playing && camera.has(Quirk.MUTE_KEEP_ALIVE)) {
            return;
        }
        boolean refused = camera.has(Quirk.OPTIONS_REFUSED);
        boolean tells = !camera.has(Quirk.NO_PUBLIC) && !refused;
        answer(request, refused ? 501 : 200, tells ? List.of("Public: " + METHODS) : List.of(), "");
    }

    private void parameter(CameraRequest request) throws IOException {
        if (!camera.has(Quirk.MUTE_KEEP_ALIVE)) {
            answer(request, camera.has(Quirk.NO_GET_PARAMETER) ? 501 : 200, List.of(), "");
        }
    }

    private void describe(CameraRequest request) throws IOException {
        Optional<String> location = camera.redirection();
        if (location.isPresent()) {
            answer(request, 302, List.of("Location: " + location.get()), "");
            return;
        }
        if (!request.uri().endsWith(camera.path())) {
            answer(request, 404, List.of(), "");
            return;
        }
        CameraMedia media = camera.media();
        lock.lock();
        try {
            lanes.clear();
            media.tracks().forEach(track -> lanes.add(null));
        } finally {
            lock.unlock();
        }
        String prefix = camera.has(Quirk.ABSOLUTE_CONTROL) ? request.uri() + "/" : "";
        List<String> controls = new ArrayList<>();
        for (int i = 0; i < media.tracks().size(); i++) {
            controls.add(prefix + "trackID=" + i);
        }
        controls.add(camera.has(Quirk.ABSOLUTE_CONTROL) ? request.uri() : "*");
        List<String> headers = new ArrayList<>(List.of("Content-Type: application/sdp", "Server: Simulated/1.0"));
        if (!camera.has(Quirk.NO_CONTENT_BASE)) {
            headers.add("Content-Base: " + request.uri() + "/");
        }
        answer(request, 200, headers, media.sdp(controls));
    }

    private static int track(CameraRequest request) {
        int id = request.uri().indexOf("trackID=");
        return id < 0 ? 0 : Integer.parseInt(request.uri().substring(id + "trackID=".length()));
    }

    private void setup(CameraRequest request, int track) throws IOException {
        String transport = request.header("Transport").orElse("");
        if (!transport.startsWith("RTP/AVP/TCP;unicast;interleaved=")) {
            answer(request, 461, List.of(), "");
            return;
        }
        int channel = Integer.parseInt(transport.substring(transport.indexOf('=') + 1, transport.indexOf('-')));
        int granted = camera.has(Quirk.OTHER_CHANNELS) ? channel + 10 : channel;
        int rtcp = camera.has(Quirk.MIXED_RTCP) ? granted : granted + 1;
        lock.lock();
        try {
            lanes.set(track, camera.lane(track, granted, rtcp));
        } finally {
            lock.unlock();
        }
        List<String> headers =
                new ArrayList<>(List.of("Session: " + session() + ";timeout=" + camera.timeoutSeconds()));
        if (!camera.has(Quirk.NO_TRANSPORT)) {
            headers.add("Transport: RTP/AVP/TCP;unicast;interleaved=" + granted + "-" + (granted + 1));
        }
        answer(request, 200, headers, "");
    }

    private void play(CameraRequest request) throws IOException {
        if (!request.header("Session").orElse("").equals(session())) {
            answer(request, 454, List.of(), "");
        } else if (camera.has(Quirk.NO_RANGE) && request.header("Range").isPresent()) {
            answer(request, 457, List.of(), "");
        } else {
            answer(request, 200, List.of("Session: " + session()), "");
            playing = true;
            Thread.ofVirtual().name("camera " + number + " sends").start(this::send);
            camera.changed();
        }
    }

    private String session() {
        return "session" + number;
    }

    private void answer(CameraRequest request, int status, List<String> headers, String body) throws IOException {
        StringBuilder text = new StringBuilder("RTSP/1.0 ").append(status);
        if (!camera.has(Quirk.NO_REASON)) {
            text.append(' ').append(status == 200 ? "OK" : "Not OK");
        }
        text.append("\r\n");
        if (!camera.has(Quirk.NO_CSEQ)) {
            text.append("CSeq: ").append(request.header("CSeq").orElse("0")).append("\r\n");
        }
        headers.forEach(header -> text.append(header).append("\r\n"));
        if (!body.isEmpty() && !camera.has(Quirk.NO_LENGTH)) {
            int wrong = camera.has(Quirk.LENGTH_TOO_LONG) ? 40 : camera.has(Quirk.LENGTH_TOO_SHORT) ? -40 : 0;
            text.append("Content-Length: ").append(body.length() + wrong).append("\r\n");
        }
        String whole = text.append("\r\n").append(body).toString();
        write((camera.has(Quirk.BARE_LINE_FEEDS) ? whole.replace("\r\n", "\n") : whole)
                .getBytes(StandardCharsets.UTF_8));
    }

    /** Sends all feeds, in the order of their times. */
    private void send() {
        try {
            List<CameraLane> sending = lanes();
            List<Optional<CameraFrame>> next = new ArrayList<>();
            sending.forEach(lane -> next.add(lane.feed.next()));
            long start = System.nanoTime();
            while (playing && !socket.isClosed()) {
                int first = first(sending, next);
                if (first < 0) {
                    return;
                }
                CameraFrame frame = next.get(first).orElseThrow();
                pace(start, nanos(sending.get(first), frame));
                if (!camera.silent()) {
                    emit(sending.get(first), frame);
                }
                next.set(first, sending.get(first).feed.next());
            }
        } catch (IOException | InterruptedException e) {
            // The viewer has left.
        }
    }

    private void pace(long start, long atNanos) throws InterruptedException {
        boolean fast = camera.media().pace() == CameraMedia.Pace.FAST;
        Duration left = fast
                ? Duration.ofMillis(camera.silent() ? 10 : 0)
                : Duration.ofNanos(start + atNanos - System.nanoTime());
        if (left.isPositive()) {
            Thread.sleep(left);
        }
    }

    private static int first(List<CameraLane> lanes, List<Optional<CameraFrame>> next) {
        int first = -1;
        long firstNanos = Long.MAX_VALUE;
        for (int i = 0; i < lanes.size(); i++) {
            long nanos = next.get(i).isEmpty()
                    ? Long.MAX_VALUE
                    : nanos(lanes.get(i), next.get(i).get());
            if (nanos < firstNanos) {
                first = i;
                firstNanos = nanos;
            }
        }
        return first;
    }

    private static long nanos(CameraLane lane, CameraFrame frame) {
        return frame.ticks() * 1_000_000_000L / lane.track.clockRate();
    }

    private List<CameraLane> lanes() {
        lock.lock();
        try {
            return lanes.stream()
                    .flatMap(lane -> Optional.ofNullable(lane).stream())
                    .toList();
        } finally {
            lock.unlock();
        }
    }

    /** The track's lane on this connection, if it was set up. */
    Optional<CameraLane> lane(int track) {
        lock.lock();
        try {
            return Optional.ofNullable(track < lanes.size() ? lanes.get(track) : null);
        } finally {
            lock.unlock();
        }
    }

    void emit(CameraLane lane, CameraFrame frame) throws IOException {
        lock.lock();
        try {
            if (lane.reportDue(frame.ticks())) {
                interleave(lane.rtcpChannel, lane.senderReport(frame.ticks(), Instant.now()));
            }
            frames++;
            if (camera.has(Quirk.STRAY_BYTES) && frames % 3 == 0) {
                write(STRAY);
            }
            if (camera.has(Quirk.ASKS_OPTIONS) && frames % 5 == 0) {
                write(("OPTIONS * RTSP/1.0\r\nCSeq: " + frames + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            }
            ByteArrayOutputStream burst = new ByteArrayOutputStream();
            for (byte[] packet : lane.packets(frame)) {
                burst.writeBytes(framed(lane.rtpChannel, packet));
            }
            write(burst.toByteArray());
        } finally {
            lock.unlock();
        }
    }

    void interleave(int channel, byte[] packet) throws IOException {
        write(framed(channel, packet));
    }

    private static byte[] framed(int channel, byte[] packet) {
        byte[] frame = new byte[4 + packet.length];
        frame[0] = '$';
        frame[1] = (byte) channel;
        frame[2] = (byte) (packet.length >> 8);
        frame[3] = (byte) packet.length;
        System.arraycopy(packet, 0, frame, 4, packet.length);
        return frame;
    }

    void write(byte[] bytes) throws IOException {
        lock.lock();
        try {
            if (hanging) {
                return;
            }
            OutputStream out = socket.getOutputStream();
            if (camera.has(Quirk.BYTE_BY_BYTE)) {
                for (byte b : bytes) {
                    out.write(b);
                    out.flush();
                }
            } else {
                out.write(bytes);
                out.flush();
            }
        } finally {
            lock.unlock();
        }
    }
}
