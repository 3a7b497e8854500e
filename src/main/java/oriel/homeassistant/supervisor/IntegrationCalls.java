package oriel.homeassistant.supervisor;

import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oriel.base.Clock;

/**
 * Remembers when Home Assistant's integrations last asked us for something. Told by the name that a client gives itself,
 * so it is a fact for the page and nothing to decide by. Any thread.
 */
public final class IntegrationCalls {
    // HomeAssistant/2026.11.0 aiohttp/3.14.5 Python/3.14; a picture that the user typed in is fetched by httpx.
    private static final Pattern USER_AGENT = Pattern.compile("HomeAssistant/([0-9A-Za-z.]{1,32}) aiohttp/.*");

    private final Clock clock;
    private final Map<Integration, Call> last = new EnumMap<>(Integration.class); // guarded by this

    public IntegrationCalls(Clock clock) {
        this.clock = clock;
    }

    /** Who asked. */
    public enum Integration {
        /** Core's {@code go2rtc}, since 2024.11. */
        GO2RTC,
        /** Core's {@code rtsp_to_webrtc}, until 2025.5. */
        RTSP_TO_WEBRTC
    }

    /**
     * One request.
     *
     * @param version of Home Assistant
     */
    public record Call(Integration integration, String version, Instant at) {}

    /**
     * Looks at a request that was let in.
     *
     * @param path below the API's base path
     * @param userAgent as the client sent it
     */
    public void saw(String path, String userAgent) {
        Matcher home = USER_AGENT.matcher(userAgent);
        if (!home.matches()) {
            return;
        }
        Integration integration =
                path.equals("/api") || path.startsWith("/api/") ? Integration.GO2RTC : Integration.RTSP_TO_WEBRTC;
        Call call = new Call(integration, home.group(1), clock.now());
        synchronized (this) {
            last.put(integration, call);
        }
    }

    /** The last request of this integration since Oriel started. */
    public synchronized Optional<Call> last(Integration integration) {
        return Optional.ofNullable(last.get(integration));
    }
}
