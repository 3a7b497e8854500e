package oriel.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import oriel.base.Bytes;
import oriel.config.AccessConfig;
import oriel.config.LoginConfig;

/**
 * The logins of our own: the one of {@code api}, those of {@code oriel.access.users} that have a password, or the first
 * password. All of them are compared each time, by digests, so that the time says nothing. Immutable.
 */
public final class Logins {
    /** What no name of a user holds. */
    private static final char SEPARATOR = ':';

    private final List<Login> logins;

    private record Login(Principal principal, Bytes nameAndPassword, Bytes password) {}

    /** @param admin the login of {@code api}, or the first one */
    public Logins(Optional<LoginConfig> admin, AccessConfig access) {
        List<Login> all = new ArrayList<>();
        admin.ifPresent(login -> all.add(login(login.name(), login.password().reveal(), Role.ADMIN, StreamScope.ALL)));
        access.users()
                .forEach((name, user) -> user.password()
                        .ifPresent(password -> all.add(login(
                                name, password.reveal(), Role.of(user.role()), new StreamScope(user.streams())))));
        this.logins = List.copyOf(all);
    }

    /** Whether the configuration names a login, so that no first password is needed. */
    public static boolean configured(Optional<LoginConfig> api, AccessConfig access) {
        return api.isPresent()
                || access.users().values().stream()
                        .anyMatch(user -> user.password().isPresent());
    }

    /** Who has this login, if there is one. */
    Optional<Principal> byDigest(Bytes digest) {
        return logins.stream()
                .filter(login -> login.nameAndPassword().equals(digest))
                .findFirst()
                .map(Login::principal);
    }

    /** Who {@code name} is, if this is their password. */
    Optional<Principal> byName(String name, String password) {
        byte[] shown = digest(name + SEPARATOR + password).array();
        return find(login -> MessageDigest.isEqual(login.nameAndPassword().array(), shown));
    }

    /** Whose password this is. */
    Optional<Principal> byPassword(String password) {
        byte[] shown = digest(password).array();
        return find(login -> MessageDigest.isEqual(login.password().array(), shown));
    }

    private Optional<Principal> find(Predicate<Login> right) {
        Optional<Login> found = Optional.empty();
        for (Login login : logins) {
            if (right.test(login) && found.isEmpty()) {
                found = Optional.of(login);
            }
        }
        return found.map(Login::principal);
    }

    private static Login login(String name, String password, Role role, StreamScope streams) {
        Bytes both = digest(name + SEPARATOR + password);
        return new Login(
                new Principal(name, role, Door.API, streams, false, new Grounds.Login(both)), both, digest(password));
    }

    private static Bytes digest(String text) {
        try {
            return Bytes.of(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }
}
