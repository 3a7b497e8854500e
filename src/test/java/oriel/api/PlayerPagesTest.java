package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.JsonString;
import oriel.testing.TestOriel;

/** The pages that hold players alone, as browsers ask for them. */
class PlayerPagesTest extends PageScene {
    @ParameterizedTest
    @ValueSource(strings = {"/stream.html?src=a&src=b", "/webrtc.html?src=a", "/webrtc/garden", "/webrtc/a%20b%2Fc"})
    void page_hasTheSafeHeaders_andNoScriptThatThePolicyDoesNotName(String path) throws Exception {
        RawHttp page = get(path);
        assertSafe(page);
        assertThat(page.body()).doesNotContain("garden");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/stream.html", "/webrtc/garden"})
    void everyAddress_isRelative_andServed(String path) throws Exception {
        RawHttp page = get(path);
        List<String> addresses = new ArrayList<>(links(page));
        imports(page).members().values().forEach(target -> addresses.add(((JsonString) target).value()));
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
        assertThat(preloaded("/stream.html"))
                .containsExactlyInAnyOrderElementsOf(
                        ModuleGraph.of("/ui/embed.js", PageScene::source, imports(get("/stream.html"))));
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
