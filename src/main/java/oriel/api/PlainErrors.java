package oriel.api;

import io.micronaut.context.annotation.Replaces;
import io.micronaut.http.HttpStatus;
import io.micronaut.http.MediaType;
import io.micronaut.http.MutableHttpResponse;
import io.micronaut.http.server.exceptions.response.ErrorContext;
import io.micronaut.http.server.exceptions.response.ErrorResponseProcessor;
import jakarta.inject.Singleton;

/** What is said when no route answers or one of ours makes a mistake: short, and nothing of our insides. */
@Singleton
@Replaces(ErrorResponseProcessor.class)
final class PlainErrors implements ErrorResponseProcessor<String> {
    static final String NO_PAGE = "404 page not found";

    @Override
    public MutableHttpResponse<String> processResponse(ErrorContext context, MutableHttpResponse<?> response) {
        HttpStatus status = response.getStatus();
        String text = switch (status) {
            case NOT_FOUND -> NO_PAGE;
            case METHOD_NOT_ALLOWED ->
                "This address does not take " + context.getRequest().getMethod() + ".";
            case REQUEST_ENTITY_TOO_LARGE -> "The body is larger than 256 KiB.";
            case INTERNAL_SERVER_ERROR -> "Oriel made a mistake; its log has the details.";
            default -> status.getReason();
        };
        MutableHttpResponse<String> said =
                Dialect.of(context.getRequest().getPath()).say(status, text);
        return response.body(text(said)).contentType(said.getContentType().orElse(MediaType.TEXT_PLAIN_TYPE));
    }

    private static String text(MutableHttpResponse<String> said) {
        return said.getBody().orElse("");
    }
}
