package oriel.state;

/** A change would take the state beyond its bounds; nothing was changed. The message is a sentence for the owner. */
public final class StateFullException extends Exception {
    private static final long serialVersionUID = 1;

    StateFullException(String message) {
        super(message);
    }
}
