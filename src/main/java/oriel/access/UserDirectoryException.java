package oriel.access;

/** Home Assistant did not tell who its users are. The message says why, without a full stop and without secrets. */
public final class UserDirectoryException extends Exception {
    private static final long serialVersionUID = 1;

    public UserDirectoryException(String message) {
        super(message);
    }
}
