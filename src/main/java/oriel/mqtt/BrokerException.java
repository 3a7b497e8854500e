package oriel.mqtt;

/** There is no connection to the broker. */
final class BrokerException extends Exception {
    private static final long serialVersionUID = 1;

    private final transient BrokerEnd end;

    BrokerException(BrokerEnd end, Throwable cause) {
        super(end.sentence(), cause);
        this.end = end;
    }

    /** Why. */
    BrokerEnd end() {
        return end;
    }
}
