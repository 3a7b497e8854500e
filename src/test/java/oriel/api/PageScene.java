package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.testing.TestOriel;

/** An Oriel whose pages are asked for, and what all of them have in common. */
@Timeout(60)
abstract class PageScene {
    private static final Pattern MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>");
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

    @TempDir
    static Path folder;

    static TestOriel oriel;

    @BeforeAll
    static void start() throws Exception {
        oriel = TestOriel.start(folder);
    }

    @AfterAll
    static void stop() {
        oriel.close();
    }

    static RawHttp get(String path) throws Exception {
        return RawHttp.send(oriel.port(), "GET", path, "", "");
    }

    /** The body of an answer, for who may not throw. */
    static String source(String path) {
        try {
            return get(path).body();
        } catch (Exception e) {
            throw new AssertionError(path, e);
        }
    }

    static JsonObject imports(RawHttp page) throws Exception {
        return ((JsonObject) Json.parse(map(page))).object("imports").orElseThrow();
    }

    static List<String> links(RawHttp page) {
        return LINK.matcher(page.body()).results().map(link -> link.group(1)).toList();
    }

    /** The modules that a page at {@code path} loads before they are asked for. */
    static List<String> preloaded(String path) throws Exception {
        return links(get(path)).stream()
                .filter(link -> link.endsWith(".js"))
                .map(link -> resolved(path, link))
                .toList();
    }

    /** Where a browser that shows the page {@code at} asks for a relative address. */
    static String resolved(String at, String relative) {
        return URI.create("http://x").resolve(at).resolve(relative).getPath();
    }

    /** A page, its headers, and no script that its policy does not name. */
    static void assertSafe(RawHttp page) throws Exception {
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.header("Referrer-Policy")).contains("no-referrer");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(map(page).getBytes(StandardCharsets.UTF_8));
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';")
                .contains("default-src 'none'")
                .contains("style-src 'self';")
                .contains("base-uri 'none'")
                .contains("frame-ancestors 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .doesNotContain("<style")
                .doesNotContain("style=")
                .doesNotContain("onload=");
    }

    private static String map(RawHttp page) {
        Matcher map = MAP.matcher(page.body());
        assertThat(map.find()).isTrue();
        return map.group(1);
    }
}
