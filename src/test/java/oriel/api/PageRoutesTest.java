package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.testing.Proves;
import oriel.testing.TestOriel;

/** Oriel's own page as browsers ask for it. */
class PageRoutesTest extends PageScene {
    @Test
    @Proves({"S-021", "S-167"})
    void root_isThePage_withSafeHeaders() throws Exception {
        RawHttp page = get("/");
        assertSafe(page);
        assertThat(page.header("Cache-Control")).contains("no-cache");
        assertThat(page.body()).contains("<oriel-app>");
    }

    @Test
    void everyAddressOfThePage_isRelative_andServedWithItsType() throws Exception {
        List<String> links = links(get("/"));
        for (String link : links) {
            assertThat(link).doesNotStartWith("/").doesNotContain("://");
            RawHttp file = get(resolved("/", link));
            assertThat(file.status()).as(link).isEqualTo(200);
            String type = link.endsWith(".js") ? "text/javascript" : link.endsWith(".css") ? "text/css" : "image/svg";
            assertThat(file.header("Content-Type").orElseThrow()).as(link).startsWith(type);
            assertThat(file.header("X-Content-Type-Options")).contains("nosniff");
        }
        assertThat(links).contains("ui/app.js", "ui/oriel.css").hasSizeGreaterThan(20);
    }

    @Test
    void everyTargetOfTheImportMap_isRelative_andServed() throws Exception {
        JsonObject imports = imports(get("/"));
        assertThat(imports.members()).containsKeys("lit", "lit/", "lit-html/", "@lit/reactive-element");
        imports.members().forEach((name, target) -> {
            String address = ((JsonString) target).value();
            assertThat(address).startsWith("./vendor/");
            if (name.endsWith("/")) {
                assertThat(address).endsWith("/");
                return;
            }
            try {
                RawHttp module = get(resolved("/", address));
                assertThat(module.status()).as(name).isEqualTo(200);
                assertThat(module.header("Content-Type").orElseThrow()).startsWith("text/javascript");
                assertThat(module.header("Cache-Control").orElseThrow()).contains("immutable");
            } catch (Exception e) {
                throw new AssertionError(name, e);
            }
        });
    }

    @Test
    void preloadedLibraries_areTheWholeGraphOfTheWall() throws Exception {
        assertThat(preloaded("/"))
                .containsExactlyInAnyOrderElementsOf(
                        ModuleGraph.of("/ui/app.js", PageScene::source, imports(get("/"))));
    }

    @Test
    void head_hasTheHeadersAndNoBody() throws Exception {
        RawHttp head = RawHttp.send(oriel.port(), "HEAD / HTTP/1.1\nHost: 127.0.0.1:" + oriel.port(), "");
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.header("ETag")).isEqualTo(get("/").header("ETag"));
        assertThat(head.body()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"/", "/ui/app.js", "/vendor/lit/3.3.3/index.js"})
    void knownTag_isNotSentAgain_inAnyForm(String path) throws Exception {
        String tag = get(path).header("ETag").orElseThrow();
        for (String asked : List.of(tag, "\"other\", " + tag, tag.substring(2), "*")) {
            RawHttp again = RawHttp.send(oriel.port(), "GET", path, "If-None-Match: " + asked, "");
            assertThat(again.status()).as(asked).isEqualTo(304);
            assertThat(again.body()).isEmpty();
        }
        RawHttp other = RawHttp.send(oriel.port(), "GET", path, "If-None-Match: \"other\"", "");
        assertThat(other.status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/api/x",
                "/api/oriel/x",
                "/ui",
                "/ui/",
                "/ui/nothing.js",
                "/ui/index.html",
                "/nothing",
                "/vendor/",
                "/vendor/lit",
                "/vendor/lit/3.3.3/",
                "/ui/../oriel/build.properties",
                "/ui/%2e%2e/oriel/build.properties",
                "/ui/..%2foriel%2fbuild.properties",
                "/ui/..%5coriel%5cbuild.properties",
                "/ui/%252e%252e/oriel/build.properties",
                "/ui//app.js",
                "/ui/./app.js",
                "/ui/app.js/",
                "/ui/app.js%00.css",
                "/vendor/../../../oriel/build.properties",
                "/vendor/%2e%2e/%2e%2e/importmap.json",
                "/META-INF/importmap.json",
                "/oriel/build.properties",
            })
    void whatIsNoPartOfThePage_is404(String path) throws Exception {
        RawHttp answer = get(path);
        assertThat(answer.status()).isIn(400, 404);
        assertThat(answer.body()).doesNotContain("revision").doesNotContain("imports");
        assertThat(answer.header("X-Content-Type-Options")).contains("nosniff");
    }

    @Test
    void page_isThereForAll_forItAsksForTheLogin_andNothingThatItAsksFor() throws Exception {
        RawHttp page = RawHttp.send(oriel.port(), "GET", "/", "X-Forwarded-For: 10.0.0.1", "");
        assertSafe(page);
        assertThat(page.body()).isEqualTo(get("/").body());
        assertThat(RawHttp.send(oriel.port(), "GET", "/api/oriel/me", "X-Forwarded-For: 10.0.0.1", "")
                        .status())
                .isEqualTo(401);
        assertThat(RawHttp.send(oriel.port(), "GET /api/oriel/me HTTP/1.1\nHost: evil.example", "")
                        .status())
                .isEqualTo(421);
    }

    @ParameterizedTest
    @CsvSource({"POST, /", "DELETE, /ui/app.js"})
    void page_isReadOnly(String method, String path) throws Exception {
        assertThat(RawHttp.send(oriel.port(), method, path, "", "").status()).isEqualTo(405);
    }

    @Test
    @Proves("S-087")
    void basePath_holdsPageAndApi_andNothingElse(@TempDir Path other) throws Exception {
        try (TestOriel prefixed = TestOriel.start(other, "api: {base_path: /cameras}")) {
            RawHttp bare = RawHttp.send(prefixed.port(), "GET", "/cameras?a=1", "", "");
            assertThat(bare.status()).isEqualTo(301);
            assertThat(bare.header("Location")).contains("cameras/?a=1");
            for (String path : List.of("/cameras/", "/cameras/ui/app.js", "/cameras/api/streams")) {
                assertThat(RawHttp.send(prefixed.port(), "GET", path, "", "").status())
                        .as(path)
                        .isEqualTo(200);
            }
            for (String path : List.of("/", "/ui/app.js", "/camerasx/")) {
                assertThat(RawHttp.send(prefixed.port(), "GET", path, "", "").status())
                        .as(path)
                        .isEqualTo(404);
            }
        }
    }

    @Test
    void namedOrigin_mayFrameThePage(@TempDir Path other) throws Exception {
        try (TestOriel framed = TestOriel.start(other, "api: {origin: \"http://nvr.lan:8012\"}")) {
            assertThat(RawHttp.send(framed.port(), "GET", "/", "", "")
                            .header("Content-Security-Policy")
                            .orElseThrow())
                    .endsWith("frame-ancestors 'self' http://nvr.lan:8012");
        }
    }
}
