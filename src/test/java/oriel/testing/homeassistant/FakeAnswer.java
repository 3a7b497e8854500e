package oriel.testing.homeassistant;

/** What the fake says instead of the truth, to a request or to a command over the WebSocket. */
public sealed interface FakeAnswer {
    /** A whole answer; over the WebSocket its body is a message. */
    record Reply(int status, String type, String body) implements FakeAnswer {}

    /** These bytes in place of an HTTP answer, and then the end. */
    record Raw(String bytes) implements FakeAnswer {}

    /** Nothing, while the connection stays. */
    record Silence() implements FakeAnswer {}

    /** It begins well and never ends. */
    record Endless() implements FakeAnswer {}

    /** The end of the connection. */
    record Hangup() implements FakeAnswer {}

    /** Ask there. */
    record Redirect(String location) implements FakeAnswer {}

    static FakeAnswer json(String body) {
        return new Reply(200, "application/json", body);
    }

    static FakeAnswer status(int status) {
        return new Reply(status, "application/json", "{\"result\":\"error\",\"message\":\"no\"}");
    }
}
