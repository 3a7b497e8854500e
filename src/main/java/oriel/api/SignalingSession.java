package oriel.api;

import io.micronaut.http.HttpRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executor;
import oriel.access.Principal;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.JsonValue;
import oriel.base.MalformedException;
import oriel.output.webrtc.AnsweredOffer;
import oriel.output.webrtc.OfferDoor;
import oriel.output.webrtc.ViewerListener;
import oriel.output.webrtc.WebRtcViewer;
import oriel.peer.OfferedServers;

/**
 * One socket's talk. Candidates may come before the offer, after it, or never; the viewer outlives the socket once it is
 * connected, for players close the socket as soon as the picture runs. Messages come one at a time; the offer is answered
 * on a thread of its own.
 */
final class SignalingSession {
    /** Most characters of a message. */
    static final int MAX_MESSAGE = 256 * 1024;

    /** Candidates kept before there is a viewer to take them. */
    static final int MAX_EARLY_CANDIDATES = 64;

    private final ApiServices services;
    private final Executor threads;
    private final Principal who;
    private final Optional<String> src;
    private final Optional<String> name;
    private final OfferDoor door;
    private final SocketWriter writer;
    private final List<String> early = new ArrayList<>(); // guarded by this, as are those below
    private Optional<WebRtcViewer> viewer = Optional.empty();
    private boolean answering;
    private boolean closed;

    SignalingSession(ApiServices services, Executor threads, HttpRequest<?> request, SocketWriter writer) {
        this.services = services;
        this.threads = threads;
        this.who = Requests.principal(request);
        this.src = Requests.query(request, "src");
        this.name = Requests.query(request, "name");
        this.door = Requests.door(request, true);
        this.writer = writer;
    }

    void message(String text) {
        try {
            if (text.length() > MAX_MESSAGE) {
                services.limits().http().count("websocket-message-full");
                throw new MalformedException("a message is longer than " + MAX_MESSAGE + " characters");
            }
            if (!(Json.parse(text) instanceof JsonObject message)) {
                throw new MalformedException("a message must be an object with type and value");
            }
            String type = message.string("type").orElse("");
            switch (type) {
                case "webrtc" -> {
                    Optional<JsonObject> value = message.object("value");
                    offer(type, v2(value), OfferedIce.read(value));
                }
                case "webrtc/offer" -> offer(type, message.string("value").orElse(""), OfferedServers.NONE);
                case "webrtc/candidate" -> candidate(message.string("value").orElse(""));
                default -> writer.send("error", shown(type) + ": this version of Oriel does not speak it");
            }
        } catch (MalformedException e) {
            writer.send("error", "webrtc: " + e.reason());
        }
    }

    synchronized void closed() {
        closed = true;
        early.clear();
    }

    private static String v2(Optional<JsonObject> value) throws MalformedException {
        JsonObject offer = value.orElseThrow(() -> new MalformedException("the offer is not an object"));
        if (!offer.string("type").orElse("offer").equals("offer")) {
            throw new MalformedException("only offers are answered here");
        }
        return offer.string("sdp").orElseThrow(() -> new MalformedException("the offer has no sdp"));
    }

    private synchronized void candidate(String line) {
        if (viewer.isPresent()) {
            viewer.get().addCandidate(line);
        } else if (!line.isBlank()) {
            if (early.size() < MAX_EARLY_CANDIDATES) {
                early.add(line);
            } else {
                services.limits().http().count("early-candidates-full");
            }
        }
    }

    private synchronized void offer(String type, String sdp, OfferedServers servers) {
        if (answering) {
            writer.send("error", type + ": the offer before is still being answered");
            return;
        }
        answering = true;
        // A further offer on the same socket is a viewer that begins anew.
        viewer.ifPresent(old -> old.close("the viewer began anew"));
        viewer = Optional.empty();
        threads.execute(() -> answer(type, sdp, servers));
    }

    private void answer(String type, String sdp, OfferedServers servers) {
        String problem;
        try {
            problem = src.isEmpty() ? "name the stream by src=" : watch(type, src.get(), sdp, servers);
        } catch (InterruptedException e) {
            problem = "Oriel is stopping";
        }
        synchronized (this) {
            // Before the word is out: who hears that it failed may try again at once.
            answering = false;
        }
        if (!problem.isEmpty()) {
            writer.send("error", type + ": " + problem);
        }
    }

    // What is wrong; empty if the answer is out.
    private String watch(String type, String from, String sdp, OfferedServers servers) throws InterruptedException {
        Listener listener = new Listener(type);
        return switch (new Viewing(services).offer(who, from, name, sdp, door.with(servers), listener)) {
            case Viewing.Outcome.Answered(AnsweredOffer answered) -> {
                answered(type, answered, listener);
                yield "";
            }
            case Viewing.Outcome.UnknownStream u -> "stream not found";
            case Viewing.Outcome.Malformed m -> "the offer cannot be used: " + m.reason();
            case Viewing.Outcome.Refused no -> no.sentence();
        };
    }

    private void answered(String type, AnsweredOffer answered, Listener listener) {
        synchronized (this) {
            answering = false;
            viewer = Optional.of(answered.viewer());
            early.forEach(answered.viewer()::addCandidate);
            early.clear();
            if (closed) {
                answered.viewer().close("the socket closed before the answer");
            }
        }
        if (type.equals("webrtc")) {
            JsonValue value = JsonObject.builder()
                    .put("type", "answer")
                    .put("sdp", answered.sdp())
                    .build();
            writer.send("webrtc", value);
        } else {
            writer.send("webrtc/answer", answered.sdp());
        }
        answered.sdp()
                .lines()
                .filter(line -> line.startsWith("a=candidate:"))
                .forEach(line -> writer.send("webrtc/candidate", line.substring(2)));
        listener.answered();
    }

    private static String shown(String type) {
        return type.isEmpty() ? "message without type" : type.substring(0, Math.min(40, type.length()));
    }

    /** Hands on what comes later; a candidate that is found before the answer is out waits, for players refuse it. */
    private final class Listener implements ViewerListener {
        private final String type;
        private final List<String> found = new ArrayList<>(); // guarded by this
        private boolean answered; // guarded by this

        Listener(String type) {
            this.type = type;
        }

        synchronized void answered() {
            answered = true;
            found.forEach(line -> writer.send("webrtc/candidate", line));
            found.clear();
        }

        @Override
        public synchronized void candidate(String line) {
            if (answered) {
                writer.send("webrtc/candidate", line);
            } else if (found.size() < MAX_EARLY_CANDIDATES) {
                found.add(line);
            }
        }

        @Override
        public void failed(String sentence) {
            writer.send("error", type + ": " + sentence);
        }

        @Override
        public void ended() {
            // The player sees it by itself; its socket may be used for another offer.
        }
    }
}
