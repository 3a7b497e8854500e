package oriel.config;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who may do what ({@code oriel.access}).
 *
 * @param loopback what a program on this machine may do; empty if the owner does not say: everything, or, under Home
 *     Assistant's Supervisor, what Home Assistant needs
 * @param lan what the home's network may do; default nothing without a login
 * @param trustedProxies proxies whose word on who asks is taken; default none
 * @param users by the name they log in with, or by Home Assistant's id; default none
 */
public record AccessConfig(
        Optional<LoopbackAccess> loopback,
        LanAccess lan,
        List<AddressRange> trustedProxies,
        Map<String, UserConfig> users) {
    /** Most users. */
    public static final int MAX_USERS = 1000;

    /** What holds where the owner says nothing. */
    public static final AccessConfig STANDARD =
            new AccessConfig(Optional.empty(), LanAccess.LOGIN, List.of(), Map.of());

    public AccessConfig {
        trustedProxies = List.copyOf(trustedProxies);
        users = Collections.unmodifiableMap(new LinkedHashMap<>(users));
    }
}
