package oriel.access;

import java.net.InetAddress;
import oriel.base.Bytes;

/** On what somebody's right stands: kept with what runs on it, so that {@link Rights} can look again whether it still does. */
public sealed interface Grounds {
    /**
     * From where they came.
     *
     * @param address the far end as far as it is known
     * @param proxied whether somebody stands between
     * @param known whether whoever stands between is one that the owner named
     */
    record Place(InetAddress address, boolean proxied, boolean known) implements Grounds {}

    /**
     * A login of our own.
     *
     * @param digest of name and password: another password is another login
     */
    record Login(Bytes digest) implements Grounds {
        @Override
        public String toString() {
            return "Login";
        }
    }

    /** A share link of this id. */
    record Link(String id) implements Grounds {}

    /** A user of Home Assistant of this id. */
    record Member(String id) implements Grounds {}

    /** None: nobody in particular. */
    record Nothing() implements Grounds {}

    /** Whether the right may end by itself, and not only by another configuration. */
    default boolean mayEndByItself() {
        return switch (this) {
            case Link l -> true;
            case Member m -> true;
            case Place p -> false;
            case Login l -> false;
            case Nothing n -> false;
        };
    }
}
