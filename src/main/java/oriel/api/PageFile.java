package oriel.api;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** One file of the page, ready to be sent. Immutable: nobody writes to its bytes. */
final class PageFile {
    private static final Map<String, String> TYPES = Map.ofEntries(
            Map.entry("html", "text/html; charset=utf-8"),
            Map.entry("htm", "text/html; charset=utf-8"),
            Map.entry("js", "text/javascript; charset=utf-8"),
            Map.entry("mjs", "text/javascript; charset=utf-8"),
            Map.entry("css", "text/css; charset=utf-8"),
            Map.entry("json", "application/json"),
            Map.entry("map", "application/json"),
            Map.entry("webmanifest", "application/manifest+json"),
            Map.entry("txt", "text/plain; charset=utf-8"),
            Map.entry("svg", "image/svg+xml"),
            Map.entry("png", "image/png"),
            Map.entry("jpg", "image/jpeg"),
            Map.entry("jpeg", "image/jpeg"),
            Map.entry("gif", "image/gif"),
            Map.entry("webp", "image/webp"),
            Map.entry("ico", "image/x-icon"),
            Map.entry("woff2", "font/woff2"),
            Map.entry("wasm", "application/wasm"),
            Map.entry("mp4", "video/mp4"));

    private static final String UNKNOWN_TYPE = "application/octet-stream";
    private static final int TAG_BYTES = 12;

    private final byte[] bytes;
    private final String type;
    private final boolean lasting;
    private final Map<String, String> headers;

    private PageFile(byte[] bytes, String type, boolean lasting, Map<String, String> headers) {
        this.bytes = bytes;
        this.type = type;
        this.lasting = lasting;
        this.headers = Map.copyOf(headers);
    }

    /** A file that may be another one after an update; its type is told by the end of {@code name}. */
    static PageFile changing(String name, byte[] bytes) {
        return new PageFile(bytes, type(name), false, Map.of());
    }

    /** A file whose address holds its version, so that browsers never ask again. */
    static PageFile lasting(String name, byte[] bytes) {
        return new PageFile(bytes, type(name), true, Map.of());
    }

    PageFile with(String header, String value) {
        return new PageFile(bytes, type, lasting, Map.of(header, value));
    }

    byte[] bytes() {
        return bytes;
    }

    String type() {
        return type;
    }

    /** Further headers. */
    Map<String, String> headers() {
        return headers;
    }

    String cacheControl() {
        return lasting ? "public, max-age=31536000, immutable" : "no-cache";
    }

    /** Weak, for the same file goes out compressed and not. */
    String entityTag() {
        byte[] start = Arrays.copyOf(sha256(bytes), TAG_BYTES);
        return "W/\"" + Base64.getUrlEncoder().withoutPadding().encodeToString(start) + "\"";
    }

    /** Whether one of the tags in {@code If-None-Match} is this file's (RFC 9110, 13.1.2: weak comparison). */
    boolean isNamedBy(String ifNoneMatch) {
        String own = strong(entityTag());
        return List.of(ifNoneMatch.split(",")).stream()
                .map(String::strip)
                .anyMatch(tag -> tag.equals("*") || strong(tag).equals(own));
    }

    static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    static byte[] sha256(String text) {
        return sha256(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String strong(String tag) {
        return tag.startsWith("W/") ? tag.substring(2) : tag;
    }

    private static String type(String name) {
        String end = name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        return TYPES.getOrDefault(end, UNKNOWN_TYPE);
    }
}
