package oriel.api;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.micronaut.serde.annotation.Serdeable;
import io.micronaut.serde.config.naming.SnakeCaseStrategy;

/**
 * The RTSP server, for clients that build addresses from it.
 *
 * @param listen empty as long as there is none
 */
@Serdeable(naming = SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.ALWAYS)
record RtspInfo(String listen, String defaultQuery) {
    private static final int PORT = 8554;

    static RtspInfo none() {
        return new RtspInfo("", "video&audio");
    }

    /** What stands before a stream's name in its RTSP address. */
    static String urlBase(String host) {
        return "rtsp://" + (host.isEmpty() ? "127.0.0.1" : host) + ":" + PORT + "/";
    }
}
