package oriel.homeassistant.supervisor;

import java.time.Duration;
import java.util.Optional;
import oriel.base.JsonObject;
import oriel.http.HttpAnswer;

/**
 * Has Core fill in templates (Jinja) by {@code POST /api/template}. What goes wrong is told once for all templates, never
 * with their text, which holds secrets.
 */
final class CoreTemplates {
    static final int MAX_CHARS = 64 * 1024;

    private static final String SUBJECT = "templates";
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final SupervisorClient client;
    private final Once once;

    CoreTemplates(SupervisorClient client, Once once) {
        this.client = client;
        this.once = once;
    }

    Optional<String> render(String template) throws InterruptedException {
        JsonObject body = JsonObject.builder().put("template", template).build();
        try {
            HttpAnswer answer = client.post("/api/template", body, PATIENCE);
            String text = answer.text();
            if (!answer.ok() || text.length() > MAX_CHARS) {
                once.trouble(
                        SUBJECT,
                        SupervisorClient.CORE + " can't fill in a camera's template (" + answer.status() + ")");
                return Optional.empty();
            }
            once.well(SUBJECT);
            return Optional.of(text);
        } catch (HomeAssistantException e) {
            once.trouble(SUBJECT, e.sentence());
            return Optional.empty();
        }
    }
}
