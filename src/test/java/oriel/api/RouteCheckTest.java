package oriel.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micronaut.context.ApplicationContext;
import io.micronaut.context.annotation.Requires;
import io.micronaut.http.annotation.Controller;
import io.micronaut.http.annotation.Get;
import io.micronaut.web.router.Router;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import oriel.testing.TestOriel;

class RouteCheckTest {
    /** A route whose author forgot to say what it asks for. */
    @Controller("/forgotten")
    @Requires(property = "spec", value = "RouteCheckTest")
    static class ForgottenRoutes {
        @Get
        String forgotten() {
            return "open to all";
        }
    }

    @TempDir
    private Path folder = Path.of("");

    @Test
    void start_routeWithoutADeclaration_fails() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder);
                ApplicationContext context = ApplicationContext.builder()
                        .deduceEnvironment(false)
                        .properties(Map.of("spec", "RouteCheckTest"))
                        .build()) {
            assertThatThrownBy(context::start)
                    .rootCause()
                    .hasMessageContaining("@Needs")
                    .hasMessageContaining("GET /forgotten");
            assertThat(oriel.server().doors().router().uriRoutes()).isNotEmpty();
        }
    }

    @Test
    void start_ours_declareEach() throws Exception {
        try (TestOriel oriel = TestOriel.start(folder)) {
            Router router = oriel.server().doors().router();
            assertThat(router.uriRoutes().count()).isGreaterThan(40);
            assertThat(new RouteCheck(router)).isNotNull();
        }
    }
}
