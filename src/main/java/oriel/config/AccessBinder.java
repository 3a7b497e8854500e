package oriel.config;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import oriel.base.Secret;
import oriel.base.StreamName;

/** Reads who may come in: the login of {@code api}, {@code oriel.access} and {@code oriel.ingress}. For one thread. */
final class AccessBinder {
    /** The user of a password that stands without one. */
    private static final String NAMELESS = "admin";

    private AccessBinder() {}

    /** {@code api.username} and {@code api.password}, as go2rtc has them. */
    static Optional<LoginConfig> login(Section api) {
        String name = api.value("username", "", AccessBinder::loginName);
        Optional<Secret> password = api.value(
                "password",
                Optional.<Secret>empty(),
                text -> Optional.of(Secret.of(text)).filter(AccessBinder::isSaid));
        if (!name.isEmpty() && password.isEmpty()) {
            api.refuse("username", new RuleException("stands without api.password", "Write both"));
        }
        return password.map(said -> new LoginConfig(name.isEmpty() ? NAMELESS : name, said));
    }

    /** @param localAuth {@code api.local_auth}: whether programs on this machine log in too */
    static AccessConfig access(Section access, boolean localAuth) {
        Optional<LoopbackAccess> standard = localAuth ? Optional.of(LoopbackAccess.LOGIN) : Optional.empty();
        AccessConfig config = new AccessConfig(
                access.value("loopback", standard, text -> Optional.of(loopback(text))),
                access.value("lan", LanAccess.LOGIN, AccessBinder::lan),
                access.values("trusted_proxies", AddressRange::parse),
                users(access.section("users")));
        access.finish();
        return config;
    }

    static IngressConfig ingress(Section ingress) {
        IngressConfig config = new IngressConfig(
                ingress.value("listen", Optional.empty(), Listen::parseTcp),
                ingress.value("peer", IngressConfig.SUPERVISOR, AccessBinder::address));
        ingress.finish();
        return config;
    }

    static boolean yes(String text) throws RuleException {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "on", "true", "yes" -> true;
            case "", "off", "false", "no" -> false;
            default -> throw new RuleException("is neither true nor false", "");
        };
    }

    private static Map<String, UserConfig> users(Section users) {
        Map<String, UserConfig> bound = new LinkedHashMap<>();
        for (String name : users.names()) {
            if (bound.size() == AccessConfig.MAX_USERS) {
                users.refuse(name, new RuleException("is one user too many", "There may be " + AccessConfig.MAX_USERS));
                break;
            }
            if (name.isBlank() || name.indexOf(':') >= 0) {
                users.refuse(name, new RuleException("is no name of a user", "A colon cannot stand in it"));
            }
            bound.put(name, user(users.section(name)));
        }
        return bound;
    }

    private static UserConfig user(Section user) {
        UserRole role = user.value("role", UserRole.VIEWER, AccessBinder::role);
        List<String> streams = new ArrayList<>(user.values("streams", AccessBinder::stream));
        Optional<Set<String>> scope = user.has("streams") ? Optional.of(Set.copyOf(streams)) : Optional.empty();
        UserConfig config = new UserConfig(
                role,
                scope,
                user.value("password", Optional.<Secret>empty(), text -> Optional.of(Secret.of(text)))
                        .filter(AccessBinder::isSaid));
        user.finish();
        return config;
    }

    private static boolean isSaid(Secret password) {
        return !password.isEmpty();
    }

    private static String loginName(String text) throws RuleException {
        if (text.indexOf(':') >= 0) {
            throw new RuleException("has a colon, which no login by HTTP can carry", "");
        }
        return text;
    }

    private static String stream(String text) throws RuleException {
        Optional<String> problem = StreamName.problem(text);
        if (problem.isPresent()) {
            throw new RuleException("is no name of a stream: " + problem.get(), "");
        }
        return text;
    }

    private static UserRole role(String text) throws RuleException {
        return switch (text) {
            case "admin" -> UserRole.ADMIN;
            case "operator" -> UserRole.OPERATOR;
            case "viewer" -> UserRole.VIEWER;
            case "integration" -> UserRole.INTEGRATION;
            case "none" -> UserRole.NONE;
            default -> throw new RuleException("is none of admin, operator, viewer, integration and none", "");
        };
    }

    private static LanAccess lan(String text) throws RuleException {
        return switch (text) {
            case "login" -> LanAccess.LOGIN;
            case "open" -> LanAccess.OPEN;
            default -> throw new RuleException("is neither login nor open", "");
        };
    }

    private static LoopbackAccess loopback(String text) throws RuleException {
        return switch (text) {
            case "admin" -> LoopbackAccess.ADMIN;
            case "integration" -> LoopbackAccess.INTEGRATION;
            case "login" -> LoopbackAccess.LOGIN;
            default -> throw new RuleException("is none of admin, integration and login", "");
        };
    }

    private static InetAddress address(String text) throws RuleException {
        AddressRange range = AddressRange.parse(text);
        if (text.indexOf('/') >= 0) {
            throw new RuleException("is no single address", "Write \"172.30.32.2\"");
        }
        return range.address();
    }
}
