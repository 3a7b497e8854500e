package oriel.homeassistant.supervisor;

import java.util.Optional;
import java.util.OptionalInt;
import oriel.base.JsonObject;

/**
 * What the Supervisor knows of our app ({@code GET /addons/self/info}).
 *
 * @param slug as in {@code local_oriel}
 * @param hostname as other apps and Core call us, as in {@code local-oriel}
 * @param version that runs
 * @param latestVersion that there is; equal to {@code version} while there is no newer one
 * @param ingressPort where ingress is expected; empty if the app has none, or none was chosen yet
 * @param address our address in the Supervisor's network
 */
public record OwnInfo(
        String slug,
        String hostname,
        String version,
        String latestVersion,
        OptionalInt ingressPort,
        Optional<String> address) {
    private static final int MAX_PORT = 65535;
    private static final int MAX_CHARS = 128;

    static OwnInfo of(JsonObject data) {
        String version = text(data, "version").orElse("");
        long port = data.integer("ingress_port").orElse(0);
        return new OwnInfo(
                text(data, "slug").orElse(""),
                text(data, "hostname").orElse(""),
                version,
                text(data, "version_latest").orElse(version),
                port > 0 && port <= MAX_PORT ? OptionalInt.of((int) port) : OptionalInt.empty(),
                text(data, "ip_address"));
    }

    private static Optional<String> text(JsonObject data, String name) {
        return data.string(name)
                .filter(text -> text.length() <= MAX_CHARS && text.chars().allMatch(c -> c > ' ' && c < 0x7F));
    }
}
