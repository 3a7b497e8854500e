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

/**
 * Our own page: {@code ui/} of the class path, and under {@code vendor/} the libraries that jars of mvnpm bring. All its
 * addresses are relative, so that it works under any prefix.
 */
final class BuiltInPages implements Pages {
    /** The modules of libraries that the first view needs, fetched beside ours instead of after them. */
    static final List<String> FIRST_MODULES = List.of(
            "lit",
            "lit-html",
            "lit-html/is-server.js",
            "lit-html/directive.js",
            "lit-html/directive-helpers.js",
            "lit-html/directives/repeat.js",
            "lit-element/lit-element.js",
            "@lit/reactive-element",
            "@lit/reactive-element/css-tag.js");

    // No name of ours or of a library's begins with a dot or holds a percent sign: such a path is none of ours.
    private static final Pattern PATH =
            Pattern.compile("[A-Za-z0-9_@-][A-Za-z0-9._@-]*+(/[A-Za-z0-9_@-][A-Za-z0-9._@-]*+)*+");
    private static final String UI = "ui/";

    private final ClassLoader jars;
    private final PageFile index;

    /** @param origins foreign pages that may frame ours */
    BuiltInPages(ClassLoader jars, List<String> origins) {
        this.jars = jars;
        ImportMap map = ImportMap.join(jars);
        this.index = PageFile.changing("index.html", index(jars, map))
                .with("Content-Security-Policy", contentSecurityPolicy(map, origins));
    }

    @Override
    public Optional<PageFile> find(String path) {
        if (path.isEmpty()) {
            return Optional.of(index);
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

    private static byte[] index(ClassLoader jars, ImportMap map) {
        byte[] template = read(jars, "ui/index.html").orElseThrow();
        String preloads = FIRST_MODULES.stream()
                .map(module -> "<link rel=\"modulepreload\" href=\""
                        + map.resolve(module).orElseThrow() + "\">")
                .collect(Collectors.joining("\n"));
        return new String(template, StandardCharsets.UTF_8)
                .replace("<!--importmap-->", "<script type=\"importmap\">" + map.json() + "</script>\n" + preloads)
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String contentSecurityPolicy(ImportMap map, List<String> origins) {
        String hash = Base64.getEncoder().encodeToString(PageFile.sha256(map.json()));
        StringBuilder framers = new StringBuilder("'self'");
        origins.forEach(origin -> framers.append(' ').append(origin));
        return "default-src 'none'; script-src 'self' 'sha256-" + hash + "'; style-src 'self';"
                + " img-src 'self' data: blob:; media-src 'self' blob: data:; connect-src 'self'; base-uri 'none';"
                + " form-action 'self'; frame-ancestors " + framers;
    }

    private static Optional<byte[]> read(ClassLoader jars, String name) {
        try (InputStream in = jars.getResourceAsStream(name)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
