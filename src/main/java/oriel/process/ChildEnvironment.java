package oriel.process;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a child knows of ours: where programs, home and temporary files are, and which language is spoken. All else,
 * tokens above all, stays here unless the command names it.
 */
final class ChildEnvironment {
    private static final List<String> PASSED = List.of("PATH", "HOME", "LANG", "TMPDIR");

    // Without these a Windows process cannot even open a socket.
    private static final List<String> PASSED_ON_WINDOWS =
            List.of("SYSTEMROOT", "SYSTEMDRIVE", "TEMP", "TMP", "USERPROFILE", "PATHEXT");

    private static final String NEVER = "SUPERVISOR_TOKEN";

    private ChildEnvironment() {}

    /** Refuses names that no child may get, and those that no system takes. */
    static void check(Map<String, String> additions) {
        for (Map.Entry<String, String> variable : additions.entrySet()) {
            String name = variable.getKey();
            if (name.toUpperCase(Locale.ROOT).equals(NEVER)) {
                throw new IllegalArgumentException(NEVER + " is not for children");
            }
            if (name.isEmpty() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
                throw new IllegalArgumentException("not a variable's name: " + name);
            }
            if (variable.getValue().indexOf('\0') >= 0) {
                throw new IllegalArgumentException(name + " holds a NUL character");
            }
        }
    }

    /** Of {@code ours} what passes, and {@code additions}, which win. */
    static Map<String, String> of(Map<String, String> ours, Map<String, String> additions) {
        Map<String, String> result = new TreeMap<>();
        for (Map.Entry<String, String> variable : ours.entrySet()) {
            String name = variable.getKey();
            String upper = name.toUpperCase(Locale.ROOT);
            if (PASSED.contains(name) || PASSED_ON_WINDOWS.contains(upper) || upper.equals("PATH")) {
                result.put(name, variable.getValue());
            }
        }
        result.putAll(additions);
        return result;
    }
}
