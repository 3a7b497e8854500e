package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Json;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.testing.TestOriel;

/** The pages that hold players alone, as browsers ask for them. */
@Timeout(60)
class PlayerPagesTest {
    private static final Pattern MAP = Pattern.compile("<script type=\"importmap\">(.*?)</script>");
    private static final Pattern LINK = Pattern.compile("(?:href|src)=\"([^\"]+)\"");

    @TempDir
    static Path folder;

    private static TestOriel oriel;

    @BeforeAll
    static void start() throws Exception {
        oriel = TestOriel.start(folder);
    }

    @AfterAll
    static void stop() {
        oriel.close();
    }

    private static RawHttp get(String path) throws Exception {
        return RawHttp.send(oriel.port(), "GET", path, "", "");
    }

    private static String map(RawHttp page) {
        Matcher map = MAP.matcher(page.body());
        assertThat(map.find()).isTrue();
        return map.group(1);
    }

    private static List<String> links(RawHttp page) {
        return LINK.matcher(page.body()).results().map(link -> link.group(1)).toList();
    }

    private static String resolved(String page, String relative) {
        return URI.create("http://x").resolve(page).resolve(relative).getPath();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stream.html?src=a&src=b", "/webrtc.html?src=a", "/webrtc/garden", "/webrtc/a%20b%2Fc"})
    void page_hasTheSafeHeaders_andNoScriptThatThePolicyDoesNotName(String path) throws Exception {
        RawHttp page = get(path);
        assertThat(page.status()).isEqualTo(200);
        assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
        assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
        assertThat(page.header("Referrer-Policy")).contains("no-referrer");
        byte[] hash = MessageDigest.getInstance("SHA-256").digest(map(page).getBytes(StandardCharsets.UTF_8));
        assertThat(page.header("Content-Security-Policy").orElseThrow())
                .contains("script-src 'self' 'sha256-" + Base64.getEncoder().encodeToString(hash) + "';")
                .contains("default-src 'none'")
                .contains("base-uri 'none'")
                .contains("frame-ancestors 'self'")
                .doesNotContain("unsafe");
        assertThat(page.body())
                .doesNotContain("<style")
                .doesNotContain("style=")
                .doesNotContain("garden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stream.html", "/webrtc/garden"})
    void everyAddress_isRelative_andServed(String path) throws Exception {
        RawHttp page = get(path);
        List<String> addresses = new ArrayList<>(links(page));
        ((JsonObject) Json.parse(map(page)))
                .object("imports")
                .orElseThrow()
                .members()
                .values()
                .forEach(target -> addresses.add(((JsonString) target).value()));
        assertThat(addresses).hasSizeGreaterThan(20);
        for (String address : addresses) {
            assertThat(address).doesNotStartWith("/").doesNotContain("://");
            if (!address.endsWith("/")) {
                assertThat(get(resolved(path, address)).status()).as(address).isEqualTo(200);
            }
        }
    }

    @Test
    void preloaded_isTheWholeGraphOfThePlayer() throws Exception {
        RawHttp page = get("/stream.html");
        JsonObject imports =
                ((JsonObject) Json.parse(map(page))).object("imports").orElseThrow();
        List<String> preloaded = links(page).stream()
                .filter(link -> link.endsWith(".js"))
                .map(link -> resolved("/stream.html", link))
                .toList();
        assertThat(preloaded)
                .containsExactlyInAnyOrderElementsOf(ModuleGraph.of("/ui/embed.js", PlayerPagesTest::source, imports));
    }

    private static String source(String path) {
        try {
            return get(path).body();
        } catch (Exception e) {
            throw new AssertionError(path, e);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"/webrtc/", "/webrtc", "/webrtc/a/b", "/ui/embed.html", "/embed.html", "/stream.htm"})
    void otherAddresses_areNoPage(String path) throws Exception {
        assertThat(get(path).status()).isEqualTo(404);
    }

    @Test
    void pages_areUnderTheBasePath(@TempDir Path other) throws Exception {
        try (TestOriel prefixed = TestOriel.start(other, "api: {base_path: /cameras}")) {
            for (String path : List.of("/cameras/stream.html", "/cameras/webrtc.html", "/cameras/webrtc/x")) {
                assertThat(RawHttp.send(prefixed.port(), "GET", path, "", "").status())
                        .as(path)
                        .isEqualTo(200);
            }
            assertThat(RawHttp.send(prefixed.port(), "GET", "/stream.html", "", "")
                            .status())
                    .isEqualTo(404);
        }
    }
}
