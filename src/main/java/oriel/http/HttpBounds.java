package oriel.http;

import java.time.Duration;

/**
 * How long, and how much, a peer may answer.
 *
 * @param connect until the connection stands
 * @param whole from the request to the last byte of its answer
 * @param maxBytes most bytes of an answer's body; of a conversation: most characters of one message
 */
public record HttpBounds(Duration connect, Duration whole, int maxBytes) {
    public HttpBounds {
        if (!connect.isPositive() || !whole.isPositive() || maxBytes < 1) {
            throw new IllegalArgumentException("bounds leave no room");
        }
    }
}
