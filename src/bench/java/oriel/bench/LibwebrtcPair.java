package oriel.bench;

import dev.onvoid.webrtc.CreateSessionDescriptionObserver;
import dev.onvoid.webrtc.PeerConnectionFactory;
import dev.onvoid.webrtc.PeerConnectionObserver;
import dev.onvoid.webrtc.RTCAnswerOptions;
import dev.onvoid.webrtc.RTCConfiguration;
import dev.onvoid.webrtc.RTCIceCandidate;
import dev.onvoid.webrtc.RTCOfferOptions;
import dev.onvoid.webrtc.RTCPeerConnection;
import dev.onvoid.webrtc.RTCRtpTransceiver;
import dev.onvoid.webrtc.RTCSessionDescription;
import dev.onvoid.webrtc.SetSessionDescriptionObserver;
import dev.onvoid.webrtc.media.audio.AudioDeviceModule;
import dev.onvoid.webrtc.media.audio.AudioLayer;
import dev.onvoid.webrtc.media.video.CustomVideoSource;
import dev.onvoid.webrtc.media.video.NativeI420Buffer;
import dev.onvoid.webrtc.media.video.VideoFrame;
import dev.onvoid.webrtc.media.video.VideoTrack;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * The yardstick of a first picture: two libwebrtc peers in one process, one that offers and sends 1280x720 at 25 pictures
 * a second, one that answers and decodes. No server stands between them.
 */
final class LibwebrtcPair implements AutoCloseable {
    private static final int WIDTH = 1280;
    private static final int HEIGHT = 720;
    private static final long PICTURE_MILLIS = 40;
    private static final long PATIENCE_SECONDS = 15;

    // One for the life of the process: each leaves threads behind.
    private final PeerConnectionFactory factory =
            new PeerConnectionFactory(new AudioDeviceModule(AudioLayer.kDummyAudio));
    private final CustomVideoSource source = new CustomVideoSource();
    private final Thread camera = Thread.ofPlatform().daemon().name("pictures").start(this::push);
    private volatile boolean closed;
    private volatile boolean watched;

    /** Milliseconds from createOffer to the first decoded picture of a new pair. */
    double firstFrameMillis() throws Exception {
        CompletableFuture<Long> decoded = new CompletableFuture<>();
        End sender = new End(track -> {});
        End receiver = new End(track -> track.addSink(frame -> decoded.complete(System.nanoTime())));
        sender.open(receiver);
        receiver.open(sender);
        VideoTrack track = factory.createVideoTrack("picture", source);
        sender.peer().addTrack(track, List.of("stream"));
        watched = true;
        try {
            long begin = System.nanoTime();
            RTCSessionDescription offer = sender.described(o -> sender.peer().createOffer(new RTCOfferOptions(), o));
            sender.set(o -> sender.peer().setLocalDescription(offer, o));
            receiver.set(o -> receiver.peer().setRemoteDescription(offer, o));
            receiver.remoteKnown();
            RTCSessionDescription answer =
                    receiver.described(o -> receiver.peer().createAnswer(new RTCAnswerOptions(), o));
            receiver.set(o -> receiver.peer().setLocalDescription(answer, o));
            sender.set(o -> sender.peer().setRemoteDescription(answer, o));
            sender.remoteKnown();
            return (decoded.get(PATIENCE_SECONDS, TimeUnit.SECONDS) - begin) / 1e6;
        } finally {
            watched = false;
            sender.peer().close();
            receiver.peer().close();
        }
    }

    @Override
    public void close() throws InterruptedException {
        closed = true;
        camera.join();
    }

    private void push() {
        for (long i = 0; !closed; i++) {
            if (watched) {
                push(i);
            }
            try {
                Thread.sleep(PICTURE_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    private void push(long number) {
        // The encoder keeps what it was given, so each picture has a buffer of its own.
        NativeI420Buffer buffer = NativeI420Buffer.allocate(WIDTH, HEIGHT);
        // A small key frame: libwebrtc sends no faster than its first guess of the way's bandwidth.
        byte[] row = new byte[WIDTH];
        for (int y = 0; y < HEIGHT; y++) {
            Arrays.fill(row, (byte) (y / 4 + number));
            buffer.getDataY().put(y * buffer.getStrideY(), row);
        }
        byte[] grey = new byte[WIDTH / 2];
        Arrays.fill(grey, (byte) 128);
        for (int y = 0; y < HEIGHT / 2; y++) {
            buffer.getDataU().put(y * buffer.getStrideU(), grey);
            buffer.getDataV().put(y * buffer.getStrideV(), grey);
        }
        VideoFrame frame = new VideoFrame(buffer, System.nanoTime());
        source.pushFrame(frame);
        frame.release();
    }

    /** One of the two. Its candidates wait until the other knows whose they are. */
    private final class End implements PeerConnectionObserver {
        private final Consumer<VideoTrack> onTrack;
        private final CompletableFuture<RTCPeerConnection> ready = new CompletableFuture<>();
        private final CompletableFuture<RTCPeerConnection> opened = new CompletableFuture<>();
        private final CompletableFuture<End> other = new CompletableFuture<>();

        End(Consumer<VideoTrack> onTrack) {
            this.onTrack = onTrack;
        }

        void open(End far) {
            opened.complete(factory.createPeerConnection(new RTCConfiguration(), this));
            other.complete(far);
        }

        RTCPeerConnection peer() {
            return opened.join();
        }

        void remoteKnown() {
            ready.complete(peer());
        }

        RTCSessionDescription described(Consumer<CreateSessionDescriptionObserver> asking) throws Exception {
            CompletableFuture<RTCSessionDescription> result = new CompletableFuture<>();
            asking.accept(new CreateSessionDescriptionObserver() {
                @Override
                public void onSuccess(RTCSessionDescription description) {
                    result.complete(description);
                }

                @Override
                public void onFailure(String error) {
                    result.completeExceptionally(new IllegalStateException(error));
                }
            });
            return result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        void set(Consumer<SetSessionDescriptionObserver> asking) throws Exception {
            CompletableFuture<Boolean> result = new CompletableFuture<>();
            asking.accept(new SetSessionDescriptionObserver() {
                @Override
                public void onSuccess() {
                    result.complete(true);
                }

                @Override
                public void onFailure(String error) {
                    result.completeExceptionally(new IllegalStateException(error));
                }
            });
            result.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }

        @Override
        public void onIceCandidate(RTCIceCandidate candidate) {
            other.thenCompose(far -> far.ready).thenAcceptAsync(peer -> peer.addIceCandidate(candidate));
        }

        @Override
        public void onTrack(RTCRtpTransceiver transceiver) {
            if (transceiver.getReceiver().getTrack() instanceof VideoTrack track) {
                onTrack.accept(track);
            }
        }
    }
}
