package oriel.api;

import io.micronaut.http.HttpHeaders;
import io.micronaut.http.HttpMethod;
import io.micronaut.http.HttpRequest;
import io.micronaut.http.HttpResponse;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers with a file of the page: ours, or the owner's in its place. Reads files, so not for event loops. */
final class PageDoor {
    private static final Logger LOG = LoggerFactory.getLogger("api");

    private final Pages pages;

    /** Reads the files that each page needs. */
    PageDoor(ApiServices services) {
        this.pages = pages(services);
    }

    /** @return empty if this is no address of the page */
    Optional<HttpResponse<?>> open(HttpRequest<?> request) {
        String path = request.getPath();
        boolean reads = request.getMethod() == HttpMethod.GET || request.getMethod() == HttpMethod.HEAD;
        if (!reads || !path.startsWith("/") || path.equals("/api") || path.startsWith("/api/")) {
            return Optional.empty();
        }
        String name = path.substring(1);
        if (pages.lacksSlash(name)) {
            return Optional.of(moved(name, request.getUri().getRawQuery()));
        }
        return pages.find(name).map(file -> answer(request, file));
    }

    /** Sends the browser from a folder without its last slash to the folder, by a relative address. */
    static HttpResponse<?> moved(String path, @org.jspecify.annotations.Nullable String query) {
        String folder = path.substring(path.lastIndexOf('/') + 1) + "/";
        return HttpResponse.status(HttpStatus.MOVED_PERMANENTLY)
                .header(HttpHeaders.LOCATION, query == null ? folder : folder + "?" + query);
    }

    private static HttpResponse<?> answer(HttpRequest<?> request, PageFile file) {
        String asked = request.getHeaders().get(HttpHeaders.IF_NONE_MATCH);
        MutableHttpResponse<?> response = asked != null && file.isNamedBy(asked)
                ? HttpResponse.notModified()
                : HttpResponse.ok(file.bytes()).contentType(MediaType.of(file.type()));
        file.headers().forEach(response::header);
        return response.header(HttpHeaders.ETAG, file.entityTag())
                .header(HttpHeaders.CACHE_CONTROL, file.cacheControl());
    }

    private static Pages pages(ApiServices services) {
        String folder = services.config().staticDir();
        if (!folder.isEmpty()) {
            try {
                Path root = services.folder().resolve(folder).toRealPath();
                if (root.toFile().isDirectory()) {
                    return new OwnerPages(
                            root, BuiltInPages.framers(services.config().origins()));
                }
                LOG.warn("api.static_dir: {} is no folder, so Oriel's own page is served", root);
            } catch (IOException e) {
                LOG.warn("api.static_dir: {} cannot be read, so Oriel's own page is served", folder);
            }
        }
        return new BuiltInPages(
                PageDoor.class.getClassLoader(), services.config().origins());
    }
}
