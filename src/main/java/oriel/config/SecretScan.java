package oriel.config;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * One walk over the whole tree, what has an effect and what has not: finds the secrets in it, and the variables without
 * a value. For one configuration and one thread.
 */
final class SecretScan {
    private static final Pattern OPEN_SETTINGS = Pattern.compile("(api|log|webrtc\\.(listen|candidates))([.\\[].*)?");

    private final Problems problems;
    private final List<String> secrets = new ArrayList<>();

    SecretScan(Problems problems) {
        this.problems = problems;
    }

    /** The secrets of {@code tree}; tells of each variable that has no value. */
    List<String> scan(ConfigNode.Mapping tree) {
        walk("", tree);
        return secrets;
    }

    private void walk(String path, ConfigNode node) {
        switch (node) {
            case ConfigNode.Mapping mapping ->
                mapping.entries().forEach((key, entry) -> walk(path.isEmpty() ? key : path + "." + key, entry.value()));
            case ConfigNode.Sequence sequence -> {
                int index = 0;
                for (ConfigNode item : sequence.items()) {
                    walk(path + "[" + index++ + "]", item);
                }
            }
            case ConfigNode.Scalar scalar -> scalar(path, scalar);
        }
    }

    private void scalar(String path, ConfigNode.Scalar scalar) {
        for (String name : scalar.missing()) {
            problems.add(
                    scalar.place(),
                    path,
                    "",
                    new RuleException(
                            "the variable " + name + " has no value",
                            "Set it in the section env or in the environment, or write ${" + name + ":default}"));
        }
        // Addresses to listen on and the log's own settings stand in every log; masking them would only blind the
        // owner.
        if (!OPEN_SETTINGS.matcher(path).matches()) {
            secrets.addAll(scalar.filled());
        }
        if (Masked.isSecret(path) && !path.startsWith("env.")) {
            secrets.add(scalar.text());
        }
        secrets.addAll(SourceSecrets.in(scalar.text()));
    }
}
