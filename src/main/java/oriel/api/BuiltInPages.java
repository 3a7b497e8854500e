package oriel.api;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Our own page: {@code ui/} of the class path, and under {@code vendor/} the libraries that jars of mvnpm bring. All its
 * addresses are relative, so that it works under any prefix.
 */
final class BuiltInPages implements Pages {
    /** The modules of libraries that the player needs, fetched beside ours instead of after them. */
    static final List<String> FIRST_MODULES = List.of(
            "lit",
            "lit-html",
            "lit-html/is-server.js",
            "lit-element/lit-element.js",
            "@lit/reactive-element",
            "@lit/reactive-element/css-tag.js");

    /** And those that only the wall needs besides. */
    static final List<String> WALL_MODULES =
            List.of("lit-html/directive.js", "lit-html/directive-helpers.js", "lit-html/directives/repeat.js");

    // No name of ours or of a library's begins with a dot or holds a percent sign: such a path is none of ours.
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9_@-][A-Za-z0-9._@-]*+(/[A-Za-z0-9_@-][A-Za-z0-9._@-]*+)*+");
    private static final String UI = "ui/";
    private static final String PLAYER = "webrtc/";

    private final ClassLoader jars;
    private final PageFile index;
    private final PageFile players;
    private final PageFile playerBelow;

    /** @param origins foreign pages that may frame ours */
    BuiltInPages(ClassLoader jars, List<String> origins) {
        this.jars = jars;
        ImportMap map = ImportMap.join(jars);
        List<String> wall =
                Stream.concat(FIRST_MODULES.stream(), WALL_MODULES.stream()).toList();
        this.index = page("index.html", "", wall, map, origins);
        this.players = page("embed.html", "", FIRST_MODULES, map, origins);
        this.playerBelow = page("embed.html", "../", FIRST_MODULES, map, origins);
    }

    @Override
    public Optional<PageFile> find(String path) {
        if (path.isEmpty()) {
            return Optional.of(index);
        }
        if (path.equals("stream.html") || path.equals("webrtc.html")) {
            return Optional.of(players);
        }
        if (path.startsWith(PLAYER)) {
            boolean named = path.length() > PLAYER.length() && path.indexOf('/', PLAYER.length()) < 0;
            return named ? Optional.of(playerBelow) : Optional.empty();
        }
        if (!PATH.matcher(path).matches()) {
            return Optional.empty();
        }
        if (path.startsWith(ImportMap.VENDOR)) {
            String file = path.substring(ImportMap.VENDOR.length());
            return read(jars, ImportMap.HOME + file).map(bytes -> PageFile.lasting(file, bytes));
        }
        // The template of the page is no page.
        return path.startsWith(UI) && !path.endsWith(".html")
                ? read(jars, path).map(bytes -> PageFile.changing(path, bytes))
                : Optional.empty();
    }

    @Override
    public boolean lacksSlash(String path) {
        return false;
    }

    // A page one step below the root climbs up by its every address.
    private PageFile page(String template, String root, List<String> first, ImportMap map, List<String> origins) {
        String preloads = first.stream()
                .map(module -> "<link rel=\"modulepreload\" href=\"" + root
                        + map.resolve(module).orElseThrow() + "\">")
                .collect(Collectors.joining("\n"));
        String imports = map.json(root);
        byte[] page = new String(read(jars, UI + template).orElseThrow(), StandardCharsets.UTF_8)
                .replace("=\"" + UI, "=\"" + root + UI)
                .replace("<!--importmap-->", "<script type=\"importmap\">" + imports + "</script>\n" + preloads)
                .getBytes(StandardCharsets.UTF_8);
        return PageFile.changing(template, page)
                .with("Content-Security-Policy", contentSecurityPolicy(imports, origins));
    }

    /** Our own site and the pages that the owner named, as a policy says it. */
    static String framers(List<String> origins) {
        StringBuilder framers = new StringBuilder("'self'");
        origins.forEach(origin -> framers.append(' ').append(origin));
        return framers.toString();
    }

    private static String contentSecurityPolicy(String imports, List<String> origins) {
        String hash = Base64.getEncoder().encodeToString(PageFile.sha256(imports));
        return "default-src 'none'; script-src 'self' 'sha256-" + hash + "'; style-src 'self';"
                + " img-src 'self' data: blob:; media-src 'self' blob: data:; connect-src 'self'; base-uri 'none';"
                + " form-action 'self'; frame-ancestors " + framers(origins);
    }

    private static Optional<byte[]> read(ClassLoader jars, String name) {
        try (InputStream in = jars.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
