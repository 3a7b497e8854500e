package oriel.mqtt;

/**
 * How a connection to the broker, or the try to get one, came to its end.
 *
 * @param kind what follows from it
 * @param sentence what is the case and what to change, for the owner; without a secret
 */
record BrokerEnd(Kind kind, String sentence) {
    /** What follows from it. */
    enum Kind {
        /** The broker does not speak this version of MQTT, or may not. */
        VERSION,
        /** The broker is not to be reached, or went. */
        AWAY,
        /** The broker is there and refuses us; only its owner or ours can change that. */
        REFUSED,
        /** Another client came with our id. */
        TAKEN_OVER
    }
}
