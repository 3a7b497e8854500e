package oriel.testing.viewer;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCIceGatheringState;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCPeerConnectionState;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCRtpTransceiverDirection;
import dev.onvoid.webrtc.RTCRtpTransceiverInit;
import dev.onvoid.webrtc.RTCSdpType;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.RTCStats;
import dev.onvoid.webrtc.RTCStatsReport;
import dev.onvoid.webrtc.RTCStatsType;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.MediaStreamTrack;
import dev.onvoid.webrtc.media.audio.AudioOptions;
import dev.onvoid.webrtc.media.audio.HeadlessAudioDeviceModule;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import oriel.testing.Skipped;

/**
 * A viewer made of libwebrtc, the engine of Chromium and of the apps: decodes and counts pictures. Loads native code, so
 * for tests that end in IT. Any thread.
 */
public final class LibwebrtcViewer implements AutoCloseable {
    private static final long AWAIT_NANOS = TimeUnit.SECONDS.toNanos(30);
    private static final int SECONDS = 20;

    private final RTCPeerConnection peer;
    private final CompletableFuture<Void> gathered = new CompletableFuture<>();

    // Guarded by this:
    private final List<String> candidates = new ArrayList<>();
    private final Set<String> sizes = new LinkedHashSet<>();
    private long pictures;
    private RTCPeerConnectionState state = RTCPeerConnectionState.NEW;

    /** One for the process: a second one would leak threads. */
    private static final class Factory {
        static final PeerConnectionFactory ONE = new PeerConnectionFactory(new HeadlessAudioDeviceModule());

        private Factory() {}
    }

    private LibwebrtcViewer() {
        peer = factory().createPeerConnection(new RTCConfiguration(), new Observer());
    }

    /** One that wants a picture, and behind it sound if {@code sound}; skips the test where libwebrtc does not load. */
    public static LibwebrtcViewer open(boolean sound) {
        LibwebrtcViewer viewer = new LibwebrtcViewer();
        viewer.receives(factory().createVideoTrack("picture", new CustomVideoSource()));
        if (sound) {
            viewer.receives(factory().createAudioTrack("sound", factory().createAudioSource(new AudioOptions())));
        }
        return viewer;
    }

    private static PeerConnectionFactory factory() {
        try {
            return Factory.ONE;
        } catch (LinkageError e) {
            throw Skipped.because(
                    "tests with libwebrtc",
                    "it does not load (" + e.getMessage()
                            + "); apt-get install libpulse0 libudev1 libx11-6 libxfixes3 libxrandr2 libxcomposite1");
        }
    }

    // Without a track of our own there is no transceiver in this library.
    private void receives(MediaStreamTrack dummy) {
        RTCRtpTransceiverInit init = new RTCRtpTransceiverInit();
        init.direction = RTCRtpTransceiverDirection.RECV_ONLY;
        peer.addTransceiver(dummy, init);
    }

    /** The offer; candidates are found from now on. */
    public String offer() {
        CompletableFuture<RTCSessionDescription> made = new CompletableFuture<>();
        peer.createOffer(new RTCOfferOptions(), new CreateSessionDescriptionObserver() {
            @Override
            public void onSuccess(RTCSessionDescription description) {
                made.complete(description);
            }

            @Override
            public void onFailure(String error) {
                made.completeExceptionally(new AssertionError(error));
            }
        });
        RTCSessionDescription offer = get(made);
        Setting setting = new Setting();
        peer.setLocalDescription(offer, setting);
        get(setting.done);
        return offer.sdp;
    }

    /** The offer with all candidates in it. */
    public String wholeOffer() {
        offer();
        get(gathered);
        return peer.getLocalDescription().sdp;
    }

    /** Candidates found so far. */
    public synchronized List<String> candidates() {
        return List.copyOf(candidates);
    }

    public void answer(String sdp) {
        Setting setting = new Setting();
        peer.setRemoteDescription(new RTCSessionDescription(RTCSdpType.ANSWER, sdp), setting);
        get(setting.done);
    }

    /** A candidate of the server, on the first section. */
    public void candidate(String line) {
        peer.addIceCandidate(new RTCIceCandidate("0", 0, line));
    }

    /** Pictures decoded and shown. */
    public synchronized long pictures() {
        return pictures;
    }

    /** Sizes they had, as in {@code 320x192}, in the order they first came. */
    public synchronized List<String> sizes() {
        return List.copyOf(sizes);
    }

    public synchronized RTCPeerConnectionState state() {
        return state;
    }

    /** Waits until {@code count} pictures have been shown in all. */
    public void awaitPictures(long count) throws InterruptedException {
        await(count + " pictures", () -> pictures() >= count);
    }

    /** Blocks until {@code condition} holds, at most 30 s. */
    public synchronized void await(String what, BooleanSupplier condition) throws InterruptedException {
        long end = System.nanoTime() + AWAIT_NANOS;
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("in vain: " + what + "; " + pictures + " pictures, " + state + ", " + sizes);
            }
            wait(20);
        }
    }

    public LibwebrtcStats stats() {
        CompletableFuture<RTCStatsReport> report = new CompletableFuture<>();
        peer.getStats(report::complete);
        Map<String, Object> video = Map.of();
        Map<String, Object> audio = Map.of();
        for (RTCStats stats : get(report).getStats().values()) {
            if (stats.getType() == RTCStatsType.INBOUND_RTP) {
                boolean picture = "video".equals(stats.getAttributes().get("kind"));
                video = picture ? stats.getAttributes() : video;
                audio = picture ? audio : stats.getAttributes();
            }
        }
        return new LibwebrtcStats(
                number(video, "framesDecoded"),
                number(video, "keyFramesDecoded"),
                number(video, "framesDropped"),
                number(video, "pliCount"),
                number(video, "nackCount"),
                number(video, "packetsReceived"),
                number(video, "packetsLost"),
                number(video, "freezeCount"),
                video.get("totalFreezesDuration") instanceof Number seconds ? seconds.doubleValue() : 0,
                number(video, "retransmittedPacketsReceived"),
                number(audio, "packetsReceived"),
                audio.get("totalAudioEnergy") instanceof Number energy ? energy.doubleValue() : 0);
    }

    private static long number(Map<String, Object> attributes, String name) {
        return attributes.get(name) instanceof Number number ? number.longValue() : 0;
    }

    @Override
    public void close() {
        peer.close();
    }

    private static <T> T get(CompletableFuture<T> future) {
        try {
            return future.get(SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    private static final class Setting implements SetSessionDescriptionObserver {
        final CompletableFuture<Boolean> done = new CompletableFuture<>();

        @Override
        public void onSuccess() {
            done.complete(true);
        }

        @Override
        public void onFailure(String error) {
            done.completeExceptionally(new AssertionError(error));
        }
    }

    private final class Observer implements PeerConnectionObserver {
        @Override
        public void onIceCandidate(RTCIceCandidate candidate) {
            synchronized (LibwebrtcViewer.this) {
                candidates.add(candidate.sdp);
            }
        }

        @Override
        public void onIceGatheringChange(RTCIceGatheringState now) {
            if (now == RTCIceGatheringState.COMPLETE) {
                gathered.complete(null);
            }
        }

        @Override
        public void onConnectionChange(RTCPeerConnectionState now) {
            synchronized (LibwebrtcViewer.this) {
                state = now;
                LibwebrtcViewer.this.notifyAll();
            }
        }

        @Override
        public void onTrack(RTCRtpTransceiver transceiver) {
            if (transceiver.getReceiver().getTrack() instanceof VideoTrack video) {
                video.addSink(this::shown);
            }
        }

        private void shown(VideoFrame frame) {
            String size = frame.buffer.getWidth() + "x" + frame.buffer.getHeight();
            frame.release();
            synchronized (LibwebrtcViewer.this) {
                pictures++;
                sizes.add(size);
                LibwebrtcViewer.this.notifyAll();
            }
        }
    }
}
