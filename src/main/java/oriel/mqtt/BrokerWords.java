package oriel.mqtt;

import com.hivemq.client.mqtt.exceptions.ConnectionClosedException;
import com.hivemq.client.mqtt.exceptions.MqttDecodeException;
import com.hivemq.client.mqtt.exceptions.MqttEncodeException;
import com.hivemq.client.mqtt.mqtt3.exceptions.Mqtt3ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5ConnAckException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5DisconnectException;
import com.hivemq.client.mqtt.mqtt5.exceptions.Mqtt5PubAckException;
import com.hivemq.client.mqtt.mqtt5.message.disconnect.Mqtt5DisconnectReasonCode;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.SocketTimeoutException;
import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.SSLException;
import oriel.base.Redacted;

/** Puts what goes wrong with a broker into the words of its owner. */
final class BrokerWords {
    private static final int MAX_DETAIL_CHARS = 120;

    private final MqttSettings settings;
    private final String broker;

    BrokerWords(MqttSettings settings) {
        this.settings = settings;
        this.broker = "the broker " + settings.broker();
    }

    /** Why there was no connection. */
    BrokerEnd ofTry(Throwable error) {
        Throwable cause = plain(error);
        return switch (cause) {
            case Mqtt5ConnAckException refused ->
                ofAnswer(refused.getMqttMessage().getReasonCode().name());
            case Mqtt3ConnAckException refused ->
                ofAnswer(refused.getMqttMessage().getReturnCode().name());
            default -> ofTransport(error, cause);
        };
    }

    private BrokerEnd ofAnswer(String code) {
        return switch (code) {
            case "UNSUPPORTED_PROTOCOL_VERSION" ->
                end(BrokerEnd.Kind.VERSION, "speaks neither MQTT 5 nor 3.1.1 with us: update it");
            case "BAD_USER_NAME_OR_PASSWORD", "NOT_AUTHORIZED", "BAD_AUTHENTICATION_METHOD" -> login();
            case "CLIENT_IDENTIFIER_NOT_VALID", "IDENTIFIER_REJECTED" ->
                end(BrokerEnd.Kind.REFUSED, "does not accept the client id " + settings.clientId());
            case "BANNED" -> end(BrokerEnd.Kind.REFUSED, "has banned us: see its log");
            default -> end(BrokerEnd.Kind.REFUSED, "refuses us (" + words(code) + "): see its log");
        };
    }

    private BrokerEnd login() {
        return settings.user().isEmpty()
                ? end(BrokerEnd.Kind.REFUSED, "wants a login: set oriel.mqtt.username and oriel.mqtt.password")
                : end(
                        BrokerEnd.Kind.REFUSED,
                        "does not accept the user " + settings.user()
                                + " with this password: correct oriel.mqtt.username and oriel.mqtt.password");
    }

    private BrokerEnd ofTransport(Throwable error, Throwable cause) {
        Optional<CertificateException> certificate = within(error, CertificateException.class);
        if (certificate.isPresent()) {
            return end(
                    BrokerEnd.Kind.REFUSED,
                    "shows a certificate that is not trusted (" + detail(certificate.get())
                            + "): set oriel.mqtt.ca to the file of its authority, and oriel.mqtt.host to the certificate's"
                            + " name");
        }
        if (within(error, SSLException.class).isPresent()) {
            return end(
                    BrokerEnd.Kind.REFUSED,
                    "does not speak TLS on this port (" + detail(cause)
                            + "): set oriel.mqtt.port, or oriel.mqtt.tls to false");
        }
        if (within(error, MqttDecodeException.class).isPresent() || cause instanceof Mqtt5DisconnectException) {
            return end(BrokerEnd.Kind.VERSION, "gives an answer that is no MQTT: is oriel.mqtt.port right?");
        }
        // Mosquitto resets what speaks TLS to a port without, or the other way round.
        boolean reset = String.valueOf(cause.getMessage()).contains("reset by peer");
        if (reset || cause instanceof ConnectionClosedException) {
            return end(
                    BrokerEnd.Kind.VERSION,
                    "closes the connection without an answer: are oriel.mqtt.port and oriel.mqtt.tls right?");
        }
        return end(BrokerEnd.Kind.AWAY, away(error, cause));
    }

    private static String away(Throwable error, Throwable cause) {
        if (within(error, NoRouteToHostException.class).isPresent()) {
            return "cannot be reached from here: is it in another network?";
        }
        boolean late = within(error, TimeoutException.class).isPresent()
                || within(error, SocketTimeoutException.class).isPresent()
                || String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT).contains("time");
        if (late) {
            return "does not answer: is it running, and oriel.mqtt.host right?";
        }
        return within(error, ConnectException.class).isPresent()
                ? "is not running, or oriel.mqtt.port is wrong: the connection was refused"
                : "cannot be reached (" + detail(cause) + ")";
    }

    /** The name has no address. */
    BrokerEnd unknownHost() {
        return end(BrokerEnd.Kind.AWAY, "has a name that is unknown here: set oriel.mqtt.host to its IP address");
    }

    /** The CA's file is of no use. */
    BrokerEnd badAuthority(Exception why) {
        return end(
                BrokerEnd.Kind.REFUSED,
                "cannot be verified, for oriel.mqtt.ca cannot be read (" + detail(why) + "): name a PEM file");
    }

    /** Why a connection that was there ended. */
    BrokerEnd ofConnection(Throwable error) {
        Throwable cause = plain(error);
        if (cause instanceof Mqtt5DisconnectException said) {
            Mqtt5DisconnectReasonCode code = said.getMqttMessage().getReasonCode();
            return switch (code) {
                case SESSION_TAKEN_OVER -> takenOver();
                case SERVER_SHUTTING_DOWN -> end(BrokerEnd.Kind.AWAY, "is shutting down");
                case KEEP_ALIVE_TIMEOUT -> end(BrokerEnd.Kind.AWAY, "heard nothing of us for too long");
                default -> end(BrokerEnd.Kind.REFUSED, "ended the connection (" + words(code.name()) + ")");
            };
        }
        return end(BrokerEnd.Kind.AWAY, "is gone: the connection ended");
    }

    /** Another client has our id. */
    BrokerEnd takenOver() {
        return end(
                BrokerEnd.Kind.TAKEN_OVER,
                "has another client with our id " + settings.clientId()
                        + ", and the two throw each other out: is a second Oriel running with a copy of this one's data"
                        + " folder?");
    }

    /** Whether a message failed because it is not wanted, rather than because the connection ended. */
    static boolean isRefusal(Throwable error) {
        return within(error, Mqtt5PubAckException.class).isPresent()
                || within(error, MqttEncodeException.class).isPresent()
                || within(error, IllegalArgumentException.class).isPresent();
    }

    /** The broker does not take what we publish. */
    String refusedPublish(String topic, Throwable error) {
        String why = within(error, Mqtt5PubAckException.class)
                .map(refused -> words(refused.getMqttMessage().getReasonCode().name()))
                .orElseGet(() -> detail(plain(error)));
        return sentence("does not take " + topic + " (" + why + "): does its access list let this user write there?");
    }

    /** The broker does not let us listen. */
    String refusedSubscription(Throwable error) {
        return sentence("does not let us subscribe (" + detail(plain(error))
                + "), so that switches and buttons do nothing: does its access list let this user read there?");
    }

    private BrokerEnd end(BrokerEnd.Kind kind, String what) {
        return new BrokerEnd(kind, sentence(what));
    }

    private String sentence(String what) {
        return Character.toUpperCase(broker.charAt(0)) + broker.substring(1) + " " + what
                + (what.endsWith("?") ? "" : ".");
    }

    private static String words(String code) {
        return code.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    private static String detail(Throwable error) {
        String text = error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage();
        String line = Redacted.text(text.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", ""));
        return line.length() <= MAX_DETAIL_CHARS ? line : line.substring(0, MAX_DETAIL_CHARS) + "…";
    }

    /** The error without what futures and the client's own layers wrap around it. */
    private static Throwable plain(Throwable error) {
        Throwable cause = error;
        while (cause.getCause() != null
                && !(cause instanceof Mqtt5ConnAckException)
                && !(cause instanceof Mqtt3ConnAckException)
                && !(cause instanceof Mqtt5DisconnectException)
                && !(cause instanceof ConnectionClosedException)) {
            cause = cause.getCause();
        }
        return cause;
    }

    private static <T extends Throwable> Optional<T> within(Throwable error, Class<T> type) {
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (type.isInstance(cause)) {
                return Optional.of(type.cast(cause));
            }
        }
        return Optional.empty();
    }
}
