package oriel.rtsp;

import java.nio.charset.StandardCharsets;
import oriel.base.Bytes;

/**
 * One response (RFC 2326, 7).
 *
 * @param status 100 to 999
 * @param reason its phrase, or empty
 */
public record RtspResponse(int status, String reason, RtspHeaders headers, Bytes body) implements RtspMessage {
    public RtspResponse {
        if (status < 100 || status > 999) {
            throw new IllegalArgumentException("no RTSP status: " + status);
        }
    }

    /** Without headers or body. */
    public RtspResponse(int status, String reason) {
        this(status, reason, RtspHeaders.none(), Bytes.empty());
    }

    /** Whether the request was done, 200 to 299. */
    public boolean ok() {
        return status / 100 == 2;
    }

    /** Status and phrase: {@code 503 Service Unavailable}. */
    public String line() {
        return reason.isEmpty() ? Integer.toString(status) : status + " " + reason;
    }

    /** The body as text. */
    public String text() {
        return new String(body.array(), body.offset(), body.length(), StandardCharsets.UTF_8);
    }

    /** This response with one more header. */
    public RtspResponse with(String name, String value) {
        return new RtspResponse(status, reason, headers.with(name, value), body);
    }

    /** The bytes for the wire. */
    byte[] encode() {
        StringBuilder text = new StringBuilder(256)
                .append("RTSP/1.0 ")
                .append(status)
                .append(' ')
                .append(reason)
                .append("\r\n");
        headers.appendTo(text);
        return withBody(text, body).getBytes(StandardCharsets.UTF_8);
    }

    /** Ends a head, and appends a body of UTF-8 text with its length. */
    static String withBody(StringBuilder head, Bytes body) {
        if (body.isEmpty()) {
            return head.append("\r\n").toString();
        }
        return head.append("Content-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(new String(body.array(), body.offset(), body.length(), StandardCharsets.UTF_8))
                .toString();
    }
}
