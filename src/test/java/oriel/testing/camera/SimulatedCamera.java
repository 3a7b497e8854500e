package oriel.testing.camera;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A camera on loopback that speaks RTSP over TCP: shows {@link CameraMedia}, asks who you are, has the {@link Quirk}s it
 * is told to have, falls silent, hangs, resets, comes back with another picture. It counts what viewers do, and {@link
 * #await} waits for it. All methods may be called from any thread; {@link #close} ends every thread and socket.
 *
 * <pre>{@code
 * try (var camera = SimulatedCamera.of(CameraMedia.of(track)).user("admin", "secret").auth(DIGEST_MD5).start()) {
 *     play(camera.url());
 *     camera.await(() -> camera.playing() == 1);
 * }
 * }</pre>
 */
public final class SimulatedCamera implements AutoCloseable {
    /** For {@link #answer}: the request is read, and that is all. */
    public static final int NO_ANSWER = -1;

    /** For {@link #answer}: the connection is closed. */
    public static final int HANG_UP = -2;

    private static final int MAX_REQUESTS = 1000;
    private static final long AWAIT_NANOS = TimeUnit.SECONDS.toNanos(20);

    private final Builder facts;
    private final int port;
    private final Random random = new Random(42);

    // Guarded by this:
    private @Nullable ServerSocket server;
    private CameraMedia media;
    private CameraAuth auth;
    private String password;
    private String redirection = "";
    private boolean silent;
    private boolean closed;
    private int hangUps;
    private int connections;
    private int answers;
    private int challenges;
    private int receiverReports;
    private int keyFrameRequests;
    private final Set<Quirk> quirks;
    private final Map<String, Integer> told = new HashMap<>();
    private final Map<String, Integer> counts = new HashMap<>();
    private final Deque<CameraRequest> requests = new ArrayDeque<>();
    private final List<CameraConnection> live = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();

    private SimulatedCamera(Builder facts) {
        this.facts = facts;
        this.media = facts.media;
        this.auth = facts.auth;
        this.password = facts.password;
        this.quirks = facts.quirks.clone();
        this.port = listen(0);
    }

    /** A camera that shows {@code media}, not yet listening. */
    public static Builder of(CameraMedia media) {
        return new Builder(media);
    }

    /** What does not change while it runs. */
    public static final class Builder {
        private final CameraMedia media;
        private String path = "/stream";
        private String user = "";
        private String password = "";
        private CameraAuth auth = CameraAuth.NONE;
        private int nonceUses = Integer.MAX_VALUE;
        private boolean saysStale = true;
        private Optional<CameraCertificate> certificate = Optional.empty();
        private final EnumSet<Quirk> quirks = EnumSet.noneOf(Quirk.class);
        private int timeoutSeconds = 60;
        private int firstSequence = 1;
        private long firstTimestamp = 1000;

        private Builder(CameraMedia media) {
            this.media = media;
        }

        /** Path and query of the stream; default {@code /stream}. */
        public Builder path(String value) {
            path = value;
            return this;
        }

        public Builder user(String name, String word) {
            user = name;
            password = word;
            return this;
        }

        public Builder auth(CameraAuth value) {
            auth = value;
            return this;
        }

        /** After so many requests a nonce has run out, which the camera says by {@code stale=true} or not. */
        public Builder nonceUses(int uses, boolean stale) {
            nonceUses = uses;
            saysStale = stale;
            return this;
        }

        /** Speaks TLS. */
        public Builder tls(CameraCertificate value) {
            certificate = Optional.of(value);
            return this;
        }

        public Builder quirks(Quirk... values) {
            quirks.addAll(List.of(values));
            return this;
        }

        /** The session's timeout as SETUP says it; default 60. The camera itself never ends one. */
        public Builder timeoutSeconds(int value) {
            timeoutSeconds = value;
            return this;
        }

        /** Where sequence numbers and timestamps begin on each connection; for wraps. */
        public Builder begin(int sequence, long timestamp) {
            firstSequence = sequence;
            firstTimestamp = timestamp;
            return this;
        }

        /** Listens on a free port. */
        public SimulatedCamera start() {
            return new SimulatedCamera(this);
        }
    }

    /** The address with user and password, percent-encoded. */
    public String url() {
        String userinfo = facts.user.isEmpty() ? "" : encoded(facts.user) + ":" + encoded(password()) + "@";
        return scheme() + "://" + userinfo + "127.0.0.1:" + port + facts.path;
    }

    /** The address without user and password. */
    public String plainUrl() {
        return scheme() + "://127.0.0.1:" + port + facts.path;
    }

    public int port() {
        return port;
    }

    /** Shows something else from the next DESCRIBE on. */
    public synchronized void media(CameraMedia value) {
        media = value;
    }

    /** Asks in another way from now on. */
    public synchronized void auth(CameraAuth value) {
        auth = value;
    }

    public synchronized void password(String value) {
        password = value;
    }

    /** Has or has not {@code quirk} from now on. */
    public synchronized void quirk(Quirk quirk, boolean has) {
        if (has) {
            quirks.add(quirk);
        } else {
            quirks.remove(quirk);
        }
    }

    /**
     * Answers each {@code method} by {@code status} from now on.
     *
     * @param method also {@code SETUP 1} for the second track alone
     * @param status or {@link #NO_ANSWER}, {@link #HANG_UP}; 0 for the usual answer again
     */
    public synchronized void answer(String method, int status) {
        told.put(method, status);
    }

    /** Sends those who DESCRIBE on to {@code location}; an empty one ends that. */
    public synchronized void redirect(String location) {
        redirection = location;
    }

    /** Sends no packets, and sends them again. */
    public synchronized void silence(boolean on) {
        silent = on;
    }

    /** All viewers' connections stay open, and nothing comes on them any more, no answers either. */
    public void hang() {
        live(CameraConnection::hang);
    }

    /** All viewers' connections are reset. */
    public void reset() {
        live(connection -> connection.close(true));
    }

    /** The next {@code count} connections are closed as soon as they come. */
    public synchronized void hangUpOnNext(int count) {
        hangUps = count;
    }

    /** Resets all connections and refuses new ones. */
    public void unplug() throws IOException {
        synchronized (this) {
            if (server != null) {
                server.close();
                server = null;
            }
        }
        reset();
    }

    /** Listens again, on the same port. */
    public void plugIn() {
        listen(port);
    }

    /** Sends a frame of {@code track} to all who play. */
    public void emit(int track, CameraFrame frame) {
        toPlayers(track, (connection, lane) -> connection.emit(lane, frame));
    }

    /** Sends a packet on the track's channel as it is. */
    public void emitPacket(int track, byte[] rtp) {
        toPlayers(track, (connection, lane) -> connection.interleave(lane.rtpChannel, rtp));
    }

    /** Sends a packet on the track's report channel as it is. */
    public void emitReport(int track, byte[] rtcp) {
        toPlayers(track, (connection, lane) -> connection.interleave(lane.rtcpChannel, rtcp));
    }

    /** Says that it was {@code ticks} at {@code time}. */
    public void emitSenderReport(int track, long ticks, Instant time) {
        toPlayers(track, (connection, lane) -> connection.interleave(lane.rtcpChannel, lane.senderReport(ticks, time)));
    }

    /** Says goodbye. */
    public void emitBye(int track) {
        toPlayers(track, (connection, lane) -> connection.interleave(lane.rtcpChannel, lane.bye()));
    }

    /** Sends {@code bytes} between packets. */
    public void emitRaw(byte[] bytes) {
        toPlayers(0, (connection, lane) -> connection.write(bytes));
    }

    /** Connections taken so far, those hung up on included. */
    public synchronized int connections() {
        return connections;
    }

    /** Connections that are open. */
    public synchronized int live() {
        return live.size();
    }

    /** Connections that play. */
    public synchronized int playing() {
        return (int) live.stream().filter(CameraConnection::playing).count();
    }

    /** How often {@code method} was asked. */
    public synchronized int count(String method) {
        return counts.getOrDefault(method, 0);
    }

    /** OPTIONS and GET_PARAMETER after a PLAY of the same connection. */
    public synchronized int keepAlives() {
        int keepAlives = 0;
        Set<Integer> played = new HashSet<>();
        for (CameraRequest request : requests) {
            if (request.method().equals("PLAY")) {
                played.add(request.connection());
            }
            boolean alive =
                    request.method().equals("OPTIONS") || request.method().equals("GET_PARAMETER");
            keepAlives += alive && played.contains(request.connection()) ? 1 : 0;
        }
        return keepAlives;
    }

    /** Times that somebody was asked who he is. */
    public synchronized int challenges() {
        return challenges;
    }

    /** Answers to what the camera asked. */
    public synchronized int answers() {
        return answers;
    }

    /** PLIs and FIRs. */
    public synchronized int keyFrameRequests() {
        return keyFrameRequests;
    }

    public synchronized int receiverReports() {
        return receiverReports;
    }

    /** The last 1000 requests, in order. */
    public synchronized List<CameraRequest> requests() {
        return List.copyOf(requests);
    }

    /** Blocks until {@code condition} on this camera's counters holds, at most 20 s. */
    public synchronized void await(BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + AWAIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("the camera waited in vain; it saw " + requests);
            }
            // Some of what is waited for changes without a word, such as a thread's end.
            wait(20);
        }
    }

    @Override
    public void close() {
        List<Thread> ending;
        synchronized (this) {
            closed = true;
            ending = List.copyOf(threads);
            try {
                if (server != null) {
                    server.close();
                }
            } catch (IOException e) {
                throw new IllegalStateException(e);
            }
        }
        live(connection -> connection.close(false));
        try {
            for (Thread thread : ending) {
                thread.join(10_000);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private synchronized int listen(int wanted) {
        try {
            ServerSocket socket = facts.certificate.isPresent()
                    ? facts.certificate
                            .get()
                            .serverContext()
                            .getServerSocketFactory()
                            .createServerSocket()
                    : new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), wanted));
            server = socket;
            threads.add(Thread.ofVirtual().name("camera").start(() -> accept(socket)));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void accept(ServerSocket socket) {
        while (!socket.isClosed()) {
            try {
                take(socket.accept());
            } catch (IOException e) {
                // Closed, or a viewer that left in the middle of its handshake.
            }
        }
    }

    private synchronized void take(Socket socket) throws IOException {
        connections++;
        notifyAll();
        if (closed || hangUps > 0) {
            hangUps--;
            socket.close();
            return;
        }
        CameraConnection connection = new CameraConnection(this, connections, socket);
        live.add(connection);
        threads.removeIf(thread -> !thread.isAlive());
        threads.add(Thread.ofVirtual().name("camera " + connections).start(() -> {
            connection.run();
            left(connection);
        }));
    }

    private synchronized void left(CameraConnection connection) {
        live.remove(connection);
        notifyAll();
    }

    private void live(Consumer<CameraConnection> action) {
        List<CameraConnection> all;
        synchronized (this) {
            all = List.copyOf(live);
        }
        all.forEach(action);
    }

    private void toPlayers(int track, Emission emission) {
        live(connection -> connection
                .lane(track)
                .filter(lane -> connection.playing())
                .ifPresent(lane -> {
                    try {
                        emission.emit(connection, lane);
                    } catch (IOException e) {
                        // That viewer has left.
                    }
                }));
    }

    private interface Emission {
        void emit(CameraConnection connection, CameraLane lane) throws IOException;
    }

    // What connections ask and tell:

    synchronized void record(CameraRequest request) {
        if (requests.size() == MAX_REQUESTS) {
            requests.removeFirst();
        }
        requests.add(request);
        counts.merge(request.method(), 1, Integer::sum);
        notifyAll();
    }

    synchronized void countAnswer() {
        answers++;
        notifyAll();
    }

    synchronized void countChallenge() {
        challenges++;
        notifyAll();
    }

    /** Walks a compound (RFC 3550, 6.1) by its lengths. */
    synchronized void countRtcp(int channel, byte[] compound, List<@Nullable CameraLane> lanes) {
        int at = 0;
        while (at + 4 <= compound.length) {
            int format = compound[at] & 0x1F;
            int type = compound[at + 1] & 0xFF;
            if (type == 201) {
                receiverReports++;
            }
            if (type == 206 && (format == 1 || format == 4)) {
                keyFrameRequests++;
                for (CameraLane lane : lanes) {
                    if (lane != null && lane.rtcpChannel == channel) {
                        lane.feed.onKeyFrameRequest();
                    }
                }
            }
            at += 4 + 4 * ((compound[at + 2] & 0xFF) << 8 | (compound[at + 3] & 0xFF));
        }
        notifyAll();
    }

    synchronized void changed() {
        notifyAll();
    }

    synchronized Optional<Integer> told(String method, int track) {
        int status = told.getOrDefault(method + " " + track, told.getOrDefault(method, 0));
        return status == 0 ? Optional.empty() : Optional.of(status);
    }

    synchronized boolean has(Quirk quirk) {
        return quirks.contains(quirk);
    }

    synchronized CameraMedia media() {
        return media;
    }

    synchronized CameraAuth auth() {
        return auth;
    }

    synchronized String password() {
        return password;
    }

    synchronized boolean silent() {
        return silent;
    }

    synchronized Optional<String> redirection() {
        return redirection.isEmpty() ? Optional.empty() : Optional.of(redirection);
    }

    synchronized long random() {
        return random.nextLong() & Long.MAX_VALUE;
    }

    synchronized CameraLane lane(int track, int rtp, int rtcp) {
        CameraTrack described = media.tracks().get(track);
        int payloadType = described.payloadType() + (quirks.contains(Quirk.WRONG_PAYLOAD_TYPE) ? 1 : 0);
        return new CameraLane(
                described, rtp, rtcp, random.nextInt(), payloadType, facts.firstSequence, facts.firstTimestamp);
    }

    String user() {
        return facts.user;
    }

    String path() {
        return facts.path;
    }

    int nonceUses() {
        return facts.nonceUses;
    }

    boolean saysStale() {
        return facts.saysStale;
    }

    int timeoutSeconds() {
        return facts.timeoutSeconds;
    }

    private String scheme() {
        return facts.certificate.isPresent() ? "rtsps" : "rtsp";
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
