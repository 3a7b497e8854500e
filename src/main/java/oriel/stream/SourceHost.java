package oriel.stream;

/** The host in a source's URL, for sentences. */
final class SourceHost {
    private SourceHost() {}

    /** Host without port and user, or the scheme if there is none. */
    static String of(String url) {
        int start = url.indexOf("://");
        if (start < 0) {
            int colon = url.indexOf(':');
            return colon < 0 ? url : url.substring(0, colon);
        }
        String rest = url.substring(start + 3);
        int at = rest.lastIndexOf('@');
        String host = at < 0 ? rest : rest.substring(at + 1);
        int end = 0;
        boolean bracket = host.startsWith("[");
        while (end < host.length() && (bracket ? host.charAt(end) != ']' : ":/?#".indexOf(host.charAt(end)) < 0)) {
            end++;
        }
        return bracket ? host.substring(1, end) : host.substring(0, end);
    }
}
