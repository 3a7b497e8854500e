package oriel.testing.browser;

import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.MalformedException;

/** The same player as {@link BrowserPlayer}'s, in {@link Firefox}: one {@code <video>} that plays one stream by WHEP. */
public final class FirefoxPlayer {
    private static final int PICTURES_A_SECOND = 25;

    private final Firefox firefox;

    private FirefoxPlayer(Firefox firefox) {
        this.firefox = firefox;
    }

    /** Begins to play {@code stream} of the Oriel at {@code base}, with sound or without. */
    public static FirefoxPlayer play(Firefox firefox, String base, String stream, boolean sound)
            throws MalformedException {
        // A page that may ask, and plays nothing by itself: our answers that are no pages forbid all.
        firefox.go(base + "/webrtc.html");
        JsonObject wish = JsonObject.builder()
                .put("src", stream)
                .put("door", "whep")
                .put("muted", true)
                .put("sound", sound)
                .put("candidates", true)
                .put("relay", 0)
                .build();
        // It ends with what went wrong, or when the picture moves: too late for who wants to know why it does not.
        firefox.text("() => { globalThis.orielFrameNumber = () => -1; globalThis.problem = ''; ("
                + Browser.script("player.js") + ")(" + wish + ").then(said => { problem = said; });"
                + " globalThis.orielPeers = [orielPlayer.peer]; }");
        return new FirefoxPlayer(firefox);
    }

    /** Waits until the picture has moved on for so many seconds, by its own clock and by the pictures decoded. */
    public void awaitPlayed(int seconds) throws MalformedException {
        firefox.awaitTrue("async () => { if (problem) throw new Error(problem);"
                + " const stats = await (" + Browser.script("stats.js") + ")(-1);"
                + " return document.querySelector('video').currentTime >= " + seconds
                + " && stats.video.framesDecoded >= " + seconds * PICTURES_A_SECOND + "; }");
    }

    /** What the peer connection reports of the picture. */
    public JsonObject video() throws MalformedException {
        return stats("video");
    }

    public JsonObject audio() throws MalformedException {
        return stats("audio");
    }

    private JsonObject stats(String kind) throws MalformedException {
        return (JsonObject) Json.parse(firefox.text(
                "async () => JSON.stringify((await (" + Browser.script("stats.js") + ")(-1))." + kind + ")"));
    }

    /** Ends it, as a closed page does. */
    public void stop() throws MalformedException {
        firefox.text("() => orielPlayer.peer.close()");
    }
}
