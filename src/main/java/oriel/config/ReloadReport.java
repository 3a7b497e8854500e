package oriel.config;

import java.util.List;

/**
 * What a reload did.
 *
 * @param changes what took effect, each a sentence without secrets; empty if nothing did
 * @param afterRestart keys that are other now than when Oriel started, and count from its next start on: {@code api.listen}
 */
public record ReloadReport(List<String> changes, List<String> afterRestart) {
    /** Nothing changed and nothing waits. */
    public static final ReloadReport NOTHING = new ReloadReport(List.of(), List.of());

    public ReloadReport {
        changes = List.copyOf(changes);
        afterRestart = List.copyOf(afterRestart);
    }
}
