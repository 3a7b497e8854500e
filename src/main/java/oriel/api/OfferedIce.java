package oriel.api;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.JsonString;
import oriel.base.JsonValue;
import oriel.peer.OfferedServers;

/**
 * Reads the {@code ice_servers} of a JSON offer: {@code [{"urls":["stun:…"],"username":…,"credential":…}]}, {@code urls} also
 * one text, as browsers and Home Assistant write it. What makes no sense is passed over, for the offer is good without it.
 */
final class OfferedIce {
    private static final Logger LOG = LoggerFactory.getLogger("webrtc");

    /** Addresses that are looked at; further ones are not. */
    private static final int MAX_URLS = 16;

    private static final int MAX_URL_CHARS = 300;

    private OfferedIce() {}

    static OfferedServers read(Optional<JsonObject> offer) {
        List<String> urls = new ArrayList<>();
        List<JsonObject> offered = offer.flatMap(value -> value.array("ice_servers"))
                .map(JsonArray::objects)
                .orElse(List.of());
        for (JsonObject server : offered) {
            server.string("urls").ifPresent(url -> add(url, urls));
            for (JsonValue url : server.array("urls").map(JsonArray::items).orElse(List.of())) {
                if (url instanceof JsonString text) {
                    add(text.value(), urls);
                }
            }
        }
        OfferedServers servers = OfferedServers.of(urls);
        if (servers.others() > 0) {
            LOG.debug(
                    "{} servers of an offer are not asked: TURN and TLS come later, and four are enough",
                    servers.others());
        }
        return servers;
    }

    private static void add(String url, List<String> urls) {
        if (urls.size() < MAX_URLS && url.length() <= MAX_URL_CHARS) {
            urls.add(url);
        }
    }
}
