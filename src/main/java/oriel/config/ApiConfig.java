package oriel.config;

import java.util.List;
import java.util.Optional;

/**
 * The HTTP doors ({@code api}).
 *
 * @param listen TCP; empty if there is no HTTP at all; default {@code :1984}
 * @param basePath put before every path: empty, or {@code /x} without a slash at its end; default empty
 * @param staticDir the folder of an owner's own pages instead of ours, as written; empty if there is none; the default
 * @param origins whole origins ({@code http://nvr.lan:8012}) of foreign pages that may use the API, or {@code *} alone for
 *     every page; default none
 * @param login whom {@code username} and {@code password} let in, as admin; default nobody
 */
public record ApiConfig(
        Optional<Listen> listen, String basePath, String staticDir, List<String> origins, Optional<LoginConfig> login) {
    public ApiConfig {
        origins = List.copyOf(origins);
    }
}
