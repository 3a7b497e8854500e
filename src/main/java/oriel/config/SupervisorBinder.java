package oriel.config;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Map;
import java.util.Optional;
import oriel.base.Secret;

/** Reads the environment that the Supervisor gives its apps. For one configuration and one thread. */
final class SupervisorBinder {
    static final String TOKEN = "SUPERVISOR_TOKEN";
    static final String URL = "SUPERVISOR_URL";

    private static final String STANDARD = "http://supervisor";

    private SupervisorBinder() {}

    /** The Supervisor; empty if there is none, or after a problem was told. */
    static Optional<SupervisorConfig> bind(Map<String, String> environment, Problems problems) {
        String token = environment.getOrDefault(TOKEN, "");
        if (token.isEmpty()) {
            return Optional.empty();
        }
        // It becomes a header.
        if (!token.chars().allMatch(c -> c > ' ' && c < 0x7F)) {
            problems.add(new ConfigProblem("environment", 0, TOKEN, "", "holds characters that no token has", ""));
            return Optional.empty();
        }
        Optional<URI> url = url(environment.getOrDefault(URL, ""));
        if (url.isEmpty()) {
            problems.add(new ConfigProblem(
                    "environment",
                    0,
                    URL,
                    "",
                    "is no address: http://, a host and perhaps a port",
                    "Leave it out: it is " + STANDARD + " then"));
        }
        return url.map(found -> new SupervisorConfig(found, Secret.of(token)));
    }

    private static Optional<URI> url(String text) {
        try {
            URI url = new URI(text.isEmpty() ? STANDARD : text);
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            boolean bare = url.getRawUserInfo() == null
                    && (url.getRawPath().isEmpty() || url.getRawPath().equals("/"))
                    && url.getRawQuery() == null
                    && url.getRawFragment() == null;
            return http && bare && url.getHost() != null
                    ? Optional.of(URI.create(url.getScheme() + "://" + url.getRawAuthority()))
                    : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
