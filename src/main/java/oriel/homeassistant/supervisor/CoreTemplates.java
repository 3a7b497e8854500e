package oriel.homeassistant.supervisor;

import java.time.Duration;
import java.util.Optional;
import oriel.base.JsonObject;
import oriel.http.HttpAnswer;

/**
 * Has Core fill in templates (Jinja) by {@code POST /api/template}. What goes wrong is told once for all templates, never
 * with their text, which holds secrets. That Core makes nothing of one of them says nothing of the others, so it is told
 * beside, and no other that is well takes it back.
 */
final class CoreTemplates {
    static final int MAX_CHARS = 64 * 1024;

    private static final String SUBJECT = "templates";
    private static final String ONE = "a camera's template";
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
            once.well(SUBJECT);
            String text = answer.text();
            if (!answer.ok()) {
                once.trouble(ONE, SupervisorClient.CORE + " can't fill it in (" + answer.status() + ")");
                return Optional.empty();
            }
            if (text.length() > MAX_CHARS) {
                once.trouble(ONE, SupervisorClient.CORE + " makes a text of it that is too long for an address");
                return Optional.empty();
            }
            return Optional.of(text);
        } catch (HomeAssistantException e) {
            once.trouble(SUBJECT, e.sentence());
            return Optional.empty();
        }
    }
}
