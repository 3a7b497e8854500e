package oriel.config;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The secrets in the address of a camera, as it is written and as it is meant: its password, what cameras take for one in
 * a query, and both with the user as HTTP's Basic writes them.
 */
public final class SourceSecrets {
    private static final Pattern QUERY = Pattern.compile(
            "(?i)[?&;#](?:pass(?:word|wd)?|pwd|token|access_token|auth|key|api_?key|secret|loginpas)=([^&#\\s\"'<>]*)");

    /** A variable, as we write it or as Frigate does: its name is no secret. */
    private static final Pattern PLACEHOLDER = Pattern.compile("\\$?\\{[A-Za-z_][A-Za-z0-9_.-]*}");

    private SourceSecrets() {}

    /** All of them in {@code text}, which may hold several addresses. */
    public static List<String> in(String text) {
        List<String> secrets = new ArrayList<>();
        for (String word : text.split("\\s+")) {
            userinfo(word, secrets);
        }
        Matcher query = QUERY.matcher(text);
        while (query.find()) {
            add(query.group(1), secrets);
        }
        return secrets;
    }

    // It ends at the last @, for cameras' passwords hold @, : and / unescaped.
    private static void userinfo(String word, List<String> secrets) {
        int start = word.indexOf("://") + 3;
        int colon = word.indexOf(':', start);
        int at = word.lastIndexOf('@');
        if (start < 3 || colon < 0 || at < colon) {
            return;
        }
        String user = word.substring(start, colon);
        if (user.indexOf('/') >= 0 || user.indexOf('@') >= 0) {
            return;
        }
        String password = word.substring(colon + 1, at);
        if (PLACEHOLDER.matcher(password).matches()) {
            return;
        }
        add(password, secrets);
        add(basic(user, password), secrets);
        add(basic(decoded(user), decoded(password)), secrets);
    }

    private static void add(String secret, List<String> secrets) {
        if (!secret.isEmpty() && !secrets.contains(secret)) {
            secrets.add(secret);
            String meant = decoded(secret);
            if (!meant.equals(secret)) {
                secrets.add(meant);
            }
        }
    }

    private static String basic(String user, String password) {
        return Base64.getEncoder().encodeToString((user + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text; // A percent sign that stands for itself.
        }
    }
}
