package oriel.config;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import oriel.base.JsonString;
import oriel.base.Redacted;
import oriel.base.Secret;

/**
 * The secrets that the configuration named: passwords, and what {@code ${VAR}} brought in. Takes them out of every text
 * that leaves Oriel, as they are, percent-encoded and escaped for JSON, besides what {@link Redacted} knows by its form.
 * Safe on any thread; secrets are only ever added.
 */
public final class Redactions {
    /** Shorter words are not masked: they would tear holes into everything else. */
    static final int MIN_CHARS = 4;

    private static final int MAX_FORMS = 8192;
    private static final Comparator<String> LONGEST_FIRST =
            Comparator.comparingInt(String::length).reversed().thenComparing(Comparator.naturalOrder());

    private final AtomicReference<List<String>> forms = new AtomicReference<>(List.of());

    /** Adds words to be masked from now on; at most some thousands are kept, and ones under 4 characters are not. */
    public void add(Collection<String> secrets) {
        forms.updateAndGet(before -> {
            TreeSet<String> after = new TreeSet<>(LONGEST_FIRST);
            after.addAll(before);
            for (String secret : secrets) {
                if (secret.length() >= MIN_CHARS && after.size() + 4 <= MAX_FORMS) {
                    addForms(after, secret);
                }
            }
            return List.copyOf(after);
        });
    }

    /** Adds what {@code others} mask. */
    public void addAll(Redactions others) {
        forms.updateAndGet(before -> {
            TreeSet<String> after = new TreeSet<>(LONGEST_FIRST);
            after.addAll(before);
            for (String form : others.forms.get()) {
                if (after.size() < MAX_FORMS) {
                    after.add(form);
                }
            }
            return List.copyOf(after);
        });
    }

    private static void addForms(Set<String> forms, String secret) {
        String form = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        String json = new JsonString(secret).toJson();
        forms.add(secret);
        forms.add(form);
        forms.add(form.replace("+", "%20"));
        forms.add(json.substring(1, json.length() - 1));
    }

    /** {@code text} without any secret that is known by its word or by its form. */
    public String text(String text) {
        String result = Redacted.text(text);
        for (String form : forms.get()) {
            result = result.replace(form, Secret.MASK);
        }
        return result;
    }
}
