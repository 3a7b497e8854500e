package oriel.rtsp;

import java.nio.charset.StandardCharsets;
import oriel.base.Bytes;

/**
 * One request (RFC 2326, 6). {@code CSeq} and {@code Content-Length} are the connection's business and not among the
 * headers of a request on its way out.
 *
 * @param method {@code DESCRIBE} and the like
 * @param uri without user and password
 */
public record RtspRequest(String method, String uri, RtspHeaders headers, Bytes body) implements RtspMessage {
    public RtspRequest {
        if (method.isEmpty() || uri.isEmpty() || hasBlanks(method) || hasBlanks(uri)) {
            throw new IllegalArgumentException("a request line with blanks, or without method or address");
        }
    }

    /** Without headers or body. */
    public RtspRequest(String method, String uri) {
        this(method, uri, RtspHeaders.none(), Bytes.empty());
    }

    /** This request with one more header. */
    public RtspRequest with(String name, String value) {
        return new RtspRequest(method, uri, headers.with(name, value), body);
    }

    /** The bytes for the wire. */
    byte[] encode(int cseq) {
        StringBuilder text = new StringBuilder(512)
                .append(method)
                .append(' ')
                .append(uri)
                .append(" RTSP/1.0\r\nCSeq: ")
                .append(cseq)
                .append("\r\n");
        headers.appendTo(text);
        return RtspResponse.withBody(text, body).getBytes(StandardCharsets.UTF_8);
    }

    private static boolean hasBlanks(String text) {
        return text.chars().anyMatch(c -> c <= ' ' || c == 0x7F);
    }
}
