package oriel.rtsp;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import oriel.base.Bytes;
import oriel.base.MalformedException;
import oriel.rtsp.RtspHeaders.Header;

/**
 * The first line and the headers of one message, as read. Lenient as cameras need it: line ends may be {@code \n}, the
 * reason phrase may be missing, lines without a colon are passed over, folded ones are joined.
 *
 * @param message without its body
 * @param bodyBytes what its {@code Content-Length} says; 0 if that is missing or no number
 */
record RtspHead(RtspMessage message, int bodyBytes) {
    private static final String VERSION = "RTSP/";

    /** Reads {@code text}, which ends before or after the empty line. */
    static RtspHead parse(String text) throws MalformedException {
        List<String> lines = text.lines().toList();
        String first = lines.isEmpty() ? "" : lines.getFirst().strip();
        RtspHeaders headers = headers(lines);
        RtspMessage message = first.startsWith(VERSION) ? response(first, headers) : request(first, headers);
        return new RtspHead(message, headers.number("Content-Length").orElse(0));
    }

    /** Whether its body is the description of a stream. */
    boolean describes() {
        String type = message.headers().first("Content-Type").orElse("").toLowerCase(Locale.ROOT);
        return message instanceof RtspResponse response && response.ok() && type.startsWith("application/sdp");
    }

    RtspMessage with(Bytes body) {
        return switch (message) {
            case RtspRequest request -> new RtspRequest(request.method(), request.uri(), request.headers(), body);
            case RtspResponse response ->
                new RtspResponse(response.status(), response.reason(), response.headers(), body);
        };
    }

    private static RtspResponse response(String line, RtspHeaders headers) throws MalformedException {
        String[] words = line.split("\\s+", 3);
        version(words[0]);
        if (words.length < 2 || !words[1].matches("[1-9]\\d\\d")) {
            throw new MalformedException("RTSP status line without a status");
        }
        return new RtspResponse(
                Integer.parseInt(words[1]), words.length < 3 ? "" : plain(words[2]), headers, Bytes.empty());
    }

    private static RtspRequest request(String line, RtspHeaders headers) throws MalformedException {
        if (line.startsWith("HTTP/")) {
            throw new MalformedException("this port speaks HTTP, not RTSP");
        }
        String[] words = line.split("\\s+", 4);
        if (words.length != 3 || !words[2].startsWith(VERSION)) {
            throw new MalformedException("RTSP request line without method, address and version");
        }
        version(words[2]);
        String method = plain(words[0]);
        String uri = plain(words[1]);
        if (method.isEmpty() || uri.isEmpty()) {
            throw new MalformedException("RTSP request line without method or address");
        }
        return new RtspRequest(method, uri, headers, Bytes.empty());
    }

    private static void version(String word) throws MalformedException {
        if (!word.startsWith(VERSION + "1.")) {
            throw new MalformedException("a version of RTSP that is not 1.0");
        }
    }

    private static RtspHeaders headers(List<String> lines) throws MalformedException {
        List<Header> headers = new ArrayList<>();
        for (int i = 1; i < lines.size(); i++) {
            StringBuilder line = new StringBuilder(lines.get(i));
            while (i + 1 < lines.size() && folded(lines.get(i + 1))) {
                line.append(' ').append(lines.get(++i).strip());
            }
            int colon = line.indexOf(":");
            if (colon <= 0) {
                continue;
            }
            if (headers.size() >= RtspHeaders.MAX_HEADERS) {
                throw new MalformedException("more than " + RtspHeaders.MAX_HEADERS + " RTSP headers");
            }
            headers.add(new Header(
                    plain(line.substring(0, colon)).strip(),
                    plain(line.substring(colon + 1)).strip()));
        }
        return new RtspHeaders(headers);
    }

    private static boolean folded(String line) {
        return !line.isBlank() && (line.charAt(0) == ' ' || line.charAt(0) == '\t');
    }

    private static String plain(String text) {
        return RtspHeaders.hasControls(text) ? text.replaceAll("[\\x00-\\x08\\x0A-\\x1F\\x7F]", "") : text;
    }
}
