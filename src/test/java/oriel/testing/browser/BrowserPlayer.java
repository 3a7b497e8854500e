package oriel.testing.browser;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * A WebRTC player in a {@link BrowserPage} that is written for tests and knows nothing of the product's pages: one {@code
 * <video>} that plays one stream.
 */
public final class BrowserPlayer {
    /** How it asks for the stream. */
    public enum Door {
        /** {@code /api/ws}, candidates both ways. */
        WEBSOCKET("ws"),
        /** {@code POST /api/webrtc} with JSON. */
        JSON("json"),
        /** {@code POST /api/webrtc} with SDP. */
        WHEP("whep");

        private final String word;

        Door(String word) {
            this.word = word;
        }
    }

    private static final String VIDEO = "#v";

    private final BrowserPage page;
    private final String problem;

    private BrowserPlayer(BrowserPage page, String problem) {
        this.page = page;
        this.problem = problem;
    }

    /**
     * Plays {@code stream}, sound included, of the Oriel at {@code base}, as in {@code http://127.0.0.1:1984}. Returns when
     * the answer is there, or it is clear that none will be.
     */
    public static BrowserPlayer play(BrowserPage page, String base, String stream, Door door) {
        return play(page, base, stream, door, true);
    }

    /** The same with sound or without. */
    public static BrowserPlayer play(BrowserPage page, String base, String stream, Door door, boolean sound) {
        return play(page, base, stream, door, sound, 0);
    }

    /** Picture only, by {@link Door#JSON}, over a relay at a UDP port of this machine and no other way. */
    public static BrowserPlayer playThrough(int relay, BrowserPage page, String base, String stream) {
        return play(page, base, stream, Door.JSON, false, relay);
    }

    private static BrowserPlayer play(
            BrowserPage page, String base, String stream, Door door, boolean sound, int relay) {
        page.goQuiet(base);
        Object problem = page.evaluate(
                Browser.script("player.js"),
                Map.of(
                        "src",
                        stream,
                        "door",
                        door.word,
                        "muted",
                        false,
                        "sound",
                        sound,
                        "candidates",
                        true,
                        "relay",
                        relay));
        return new BrowserPlayer(page, String.valueOf(problem));
    }

    /** What went wrong in getting an answer; empty if nothing did. */
    public String problem() {
        return problem;
    }

    /** Waits for the first picture. */
    public void awaitPicture() {
        if (!problem.isEmpty()) {
            throw new AssertionError("no answer: " + problem);
        }
        page.awaitTrue("() => orielPlayer.firstFrameMillis >= 0");
    }

    /** Milliseconds from before the offer to the first picture shown; empty before that. */
    public OptionalDouble firstFrameMillis() {
        return page.evaluate("() => orielPlayer.firstFrameMillis") instanceof Number millis && millis.doubleValue() >= 0
                ? OptionalDouble.of(millis.doubleValue())
                : OptionalDouble.empty();
    }

    /** The first number that was read from a picture; empty before that. */
    public OptionalLong firstFrameNumber() {
        return page.evaluate("() => orielPlayer.firstNumber") instanceof Number number && number.longValue() >= 0
                ? OptionalLong.of(number.longValue())
                : OptionalLong.empty();
    }

    /** How often a picture was shown whose number was lower than the one before. */
    public int backwards() {
        return page.evaluate("() => orielPlayer.backwards") instanceof Number times ? times.intValue() : 0;
    }

    /** The answer's SDP. */
    public String answer() {
        return String.valueOf(page.evaluate("() => orielPlayer.answer"));
    }

    /** Errors that came over the WebSocket. */
    public List<?> errors() {
        return page.evaluate("() => orielPlayer.errors") instanceof List<?> errors ? errors : List.of();
    }

    /** The number burnt into the picture that is shown now. */
    public OptionalLong frameNumber() {
        return page.frameNumber(VIDEO);
    }

    /** Waits until a number of at least {@code number} is shown, and gives it. */
    public long awaitFrameNumber(long number) {
        return page.awaitFrameNumber(VIDEO, number);
    }

    public PeerStats stats() {
        Optional<PeerStats> stats = page.peerStats();
        return stats.orElseThrow(() -> new AssertionError("the page has no peer connection"));
    }

    /** Waits until {@code count} more pictures have been decoded than now. */
    public void awaitDecoded(long count) {
        double wanted = stats().framesDecoded() + count; // Playwright knows no long
        page.awaitTrue(
                "async (wanted) => { const stats = await (" + Browser.script("stats.js")
                        + ")(-1); return stats && stats.video.framesDecoded >= wanted; }",
                wanted);
    }

    /** Waits until sound with energy in it was heard. */
    public void awaitSound() {
        page.awaitTrue("async () => { const stats = await (" + Browser.script("stats.js")
                + ")(-1); return stats && stats.audio.totalAudioEnergy > 0; }");
    }

    /** Ends it, as a closed page does. */
    public void stop() {
        page.evaluate("() => { orielPlayer.peer.close(); orielPlayer.socket?.close(); }");
    }
}
