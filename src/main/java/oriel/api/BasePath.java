package oriel.api;

import java.util.List;

/**
 * {@code api.base_path}: what stands before every address of the API and the page. The addresses of RTSPtoWebRTC's clients
 * stay at the root, for those clients drop any prefix.
 *
 * @param prefix empty, or with a slash before and none behind
 */
record BasePath(String prefix) {
    private static final List<String> AT_ROOT = List.of("/static", "/streams", "/stream", "/livez", "/health");

    // A path that no route has: what lies outside the prefix is not there.
    private static final String NOWHERE = "/.outside-of-base-path";

    /** What routes see of an address that is the prefix and nothing else: relative addresses need a slash behind it. */
    static final String ITSELF = "/.base-path";

    /** The address as the routes know it. */
    String strip(String uri) {
        if (prefix.isEmpty()) {
            return uri;
        }
        if (uri.startsWith(prefix)) {
            String rest = uri.substring(prefix.length());
            if (rest.isEmpty() || rest.startsWith("?")) {
                return ITSELF + rest;
            }
            if (rest.startsWith("/")) {
                return rest;
            }
        }
        return AT_ROOT.stream().anyMatch(root -> isAt(uri, root)) ? uri : NOWHERE;
    }

    private static boolean isAt(String uri, String root) {
        return uri.startsWith(root) && (uri.length() == root.length() || "/?".indexOf(uri.charAt(root.length())) >= 0);
    }
}
