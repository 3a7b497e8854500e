package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import oriel.testing.Proves;
import oriel.testing.TestOriel;

/** {@code api.static_dir}: an owner's own page. */
@Timeout(60)
class OwnerPagesTest {
    @TempDir
    Path folder;

    private Path www;

    @BeforeEach
    void pages() throws Exception {
        www = Files.createDirectories(folder.resolve("www"));
        Files.writeString(www.resolve("index.html"), "<h1>mine</h1>");
        Files.createDirectories(www.resolve("sub"));
        Files.writeString(www.resolve("sub/index.html"), "sub");
        Files.writeString(www.resolve("sub/a b+c.js"), "1");
        Files.writeString(www.resolve(".secret"), "secret");
        Files.writeString(folder.resolve("outside.txt"), "secret");
    }

    private static RawHttp get(TestOriel oriel, String path) throws Exception {
        return RawHttp.send(oriel.port(), "GET", path, "", "");
    }

    @Test
    @Proves({"S-023", "S-088"})
    void owner_hasHisOwnPage_besideTheApi() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder, "api: {static_dir: www}")) {
            RawHttp page = get(oriel, "/");
            assertThat(page.status()).isEqualTo(200);
            assertThat(page.body()).isEqualTo("<h1>mine</h1>");
            assertThat(page.header("Content-Type")).contains("text/html; charset=utf-8");
            assertThat(page.header("X-Content-Type-Options")).contains("nosniff");
            assertThat(page.header("Content-Security-Policy")).contains("frame-ancestors 'self'");
            assertThat(get(oriel, "/sub/").body()).isEqualTo("sub");
            assertThat(get(oriel, "/sub").header("Location")).contains("sub/");
            assertThat(get(oriel, "/sub/a%20b+c.js").header("Content-Type").orElseThrow())
                    .startsWith("text/javascript");
            assertThat(get(oriel, "/api/streams").body()).isEqualTo("{}");
            assertThat(get(oriel, "/api/x").status()).isEqualTo(404);
            assertThat(get(oriel, "/ui/app.js").status()).isEqualTo(404);
            assertThat(get(oriel, "/nothing").status()).isEqualTo(404);
            assertThat(RawHttp.send(oriel.port(), "POST", "/sub/", "", "").status())
                    .isIn(404, 405);
        }
    }

    @Test
    void whatLiesOutside_isNotServed_byDotsNorLinks() throws Exception {
        Files.createSymbolicLink(www.resolve("link.txt"), folder.resolve("outside.txt"));
        Files.createSymbolicLink(www.resolve("up"), folder);
        Files.createSymbolicLink(www.resolve("inside.html"), www.resolve("index.html"));
        try (TestOriel oriel = TestOriel.start(folder, "api: {static_dir: www}")) {
            assertThat(get(oriel, "/inside.html").body()).isEqualTo("<h1>mine</h1>");
            for (String path : List.of(
                    "/link.txt",
                    "/up/outside.txt",
                    "/../outside.txt",
                    "/%2e%2e/outside.txt",
                    "/..%2foutside.txt",
                    "/sub/..%2f..%2foutside.txt",
                    "/sub/%2e%2e/%2e%2e/outside.txt",
                    "/.secret",
                    "/%2esecret",
                    "/sub/%00",
                    "//outside.txt",
                    "/C:/x")) {
                RawHttp answer = get(oriel, path);
                assertThat(answer.status()).as(path).isIn(400, 404);
                assertThat(answer.body()).as(path).doesNotContain("secret");
            }
        }
    }

    @Test
    void missingFolder_isOneWarning_andOurPage() throws Exception {
        Logger log = (Logger) LoggerFactory.getLogger("api");
        ListAppender<ILoggingEvent> lines = new ListAppender<>();
        lines.start();
        log.addAppender(lines);
        try (TestOriel oriel = TestOriel.start(folder, "api: {static_dir: nowhere}")) {
            assertThat(get(oriel, "/").body()).contains("<oriel-app>");
            assertThat(get(oriel, "/ui/app.js").status()).isEqualTo(200);
        } finally {
            log.detachAppender(lines);
        }
        assertThat(lines.list.stream().filter(line -> line.getLevel().isGreaterOrEqual(Level.WARN)))
                .singleElement()
                .satisfies(line -> assertThat(line.getFormattedMessage())
                        .contains("api.static_dir")
                        .contains("nowhere"));
    }
}
