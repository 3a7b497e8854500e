package oriel.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpRequest;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import oriel.access.Door;
import oriel.access.Principal;
import oriel.access.Role;
import oriel.base.MalformedException;
import oriel.output.webrtc.OfferDoor;

/** Reads requests. A query is percent-decoded once, by the server; nothing here does it again. */
final class Requests {
    private static final Principal NOBODY = new Principal("nobody", Role.NONE, Door.API);

    private Requests() {}

    /** Who asks, as the filter found. */
    static Principal principal(HttpRequest<?> request) {
        return request.getAttribute(AccessFilter.PRINCIPAL, Principal.class).orElse(NOBODY);
    }

    /** The first value of a query parameter. */
    static Optional<String> query(HttpRequest<?> request, String name) {
        return Optional.ofNullable(request.getParameters().get(name));
    }

    /** All values of a query parameter, in order. */
    static List<String> queries(HttpRequest<?> request, String name) {
        return request.getParameters().getAll(name);
    }

    /** The members of a header that is a list of words without commas in them. */
    static List<String> list(HttpRequest<?> request, String header) {
        return request.getHeaders().getAll(header).stream()
                .flatMap(line -> Stream.of(line.split(",")))
                .map(String::strip)
                .filter(word -> !word.isEmpty())
                .toList();
    }

    /** The media type of the body without its parameters, in lower case; empty if none was said. */
    static String contentType(HttpRequest<?> request) {
        String type = request.getHeaders().get(HttpHeaders.CONTENT_TYPE);
        if (type == null) {
            return "";
        }
        int semicolon = type.indexOf(';');
        return (semicolon < 0 ? type : type.substring(0, semicolon)).strip().toLowerCase(Locale.ROOT);
    }

    /**
     * Whether a browser asks. Any page can make one ask by GET without saying whose idea it was, so what changes something
     * must not be had by that.
     */
    static boolean isBrowser(HttpRequest<?> request) {
        String agent = request.getHeaders().get(HttpHeaders.USER_AGENT);
        return (agent != null && agent.startsWith("Mozilla/"))
                || request.getHeaders().contains("Sec-Fetch-Site")
                || request.getHeaders().contains("Sec-Fetch-Mode");
    }

    /** A body as text. */
    static String text(byte[] body) throws MalformedException {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(body))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new MalformedException("the body is not UTF-8");
        }
    }

    /** How an offer came in: the Host header tells one address that leads here. */
    static OfferDoor door(HttpRequest<?> request, boolean trickles) {
        String host = request.getHeaders().get(HttpHeaders.HOST);
        return new OfferDoor(host == null ? Optional.empty() : address(host), trickles);
    }

    /** The host that was asked, without its port; IPv6 in brackets; empty if none was named. */
    static String host(HttpRequest<?> request) {
        String host = request.getHeaders().get(HttpHeaders.HOST);
        return host == null ? "" : withoutPort(host);
    }

    static String withoutPort(String hostHeader) {
        int end = hostHeader.startsWith("[") ? hostHeader.indexOf(']') + 1 : hostHeader.indexOf(':');
        return end < 0 ? hostHeader : hostHeader.substring(0, end);
    }

    private static Optional<InetAddress> address(String hostHeader) {
        String host = withoutPort(hostHeader);
        host = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        try {
            return Optional.of(InetAddress.ofLiteral(host.equals("localhost") ? "127.0.0.1" : host));
        } catch (IllegalArgumentException e) {
            return Optional.empty(); // A name: our own addresses must do.
        }
    }
}
