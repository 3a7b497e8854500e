package oriel.config;

import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import oriel.base.Secret;
import oriel.base.StreamName;

/** Reads {@code oriel.mqtt} and {@code oriel.probe}. For one thread. */
final class MqttBinder {
    private static final int TLS_PORT = 8883;
    private static final int MAX_TOPIC_CHARS = 64;
    private static final Pattern TOPIC = Pattern.compile("[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)*");
    private static final Pattern DURATION = Pattern.compile("(\\d{1,6})(s|m|min|h|)");
    private static final Duration MIN_INTERVAL = Duration.ofSeconds(10);
    private static final Duration MAX_INTERVAL = Duration.ofDays(1);

    private MqttBinder() {}

    static MqttConfig mqtt(Section mqtt) {
        MqttConfig standard = MqttConfig.STANDARD;
        boolean tls = mqtt.value("tls", standard.tls(), AccessBinder::yes);
        MqttConfig config = new MqttConfig(
                mqtt.value("host", standard.host(), MqttBinder::host),
                mqtt.value("port", tls ? TLS_PORT : standard.port(), MqttBinder::port),
                mqtt.value("username", standard.username(), MqttBinder::text),
                mqtt.value("password", standard.password(), Secret::of),
                tls,
                mqtt.value("ca", standard.ca(), MqttBinder::text),
                mqtt.value("base", standard.base(), MqttBinder::topic),
                mqtt.value("discovery_prefix", standard.discoveryPrefix(), MqttBinder::topic));
        if (config.username().isEmpty() && !config.password().isEmpty()) {
            mqtt.refuse("password", new RuleException("stands without oriel.mqtt.username", "Write both"));
        }
        mqtt.finish();
        return config;
    }

    static ProbeConfig probe(Section probe) {
        ProbeConfig config = new ProbeConfig(
                probe.value("interval", ProbeConfig.STANDARD.interval(), MqttBinder::interval),
                new HashSet<>(probe.values("off", MqttBinder::stream)));
        probe.finish();
        return config;
    }

    private static String host(String text) throws RuleException {
        boolean bracketed = text.startsWith("[") && text.endsWith("]");
        String host = bracketed ? text.substring(1, text.length() - 1) : text;
        if (!host.isEmpty() && !HostPort.isIpv6(host) && (bracketed || !HostPort.isName(host))) {
            throw new RuleException(
                    "is no host: a name or an IP address, without scheme and port", "Write \"core-mosquitto\"");
        }
        return host;
    }

    private static int port(String text) throws RuleException {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw new RuleException("is no port: a number from 1 to 65535", "");
        }
        return port;
    }

    private static String text(String text) throws RuleException {
        if (text.indexOf('\0') >= 0) {
            throw new RuleException("holds a character that cannot stand there", "");
        }
        return text;
    }

    private static String topic(String text) throws RuleException {
        if (text.length() > MAX_TOPIC_CHARS || !TOPIC.matcher(text).matches()) {
            throw new RuleException(
                    "is no topic to begin with: letters, digits, _ and - between slashes, at most " + MAX_TOPIC_CHARS,
                    "Write \"oriel\"");
        }
        return text;
    }

    private static String stream(String text) throws RuleException {
        var problem = StreamName.problem(text);
        if (problem.isPresent()) {
            throw new RuleException("is no name of a stream: " + problem.get(), "");
        }
        return text;
    }

    private static Duration interval(String text) throws RuleException {
        Matcher matcher = DURATION.matcher(text.toLowerCase(Locale.ROOT));
        if (matcher.matches()) {
            long number = Long.parseLong(matcher.group(1));
            Duration interval = switch (matcher.group(2)) {
                case "h" -> Duration.ofHours(number);
                case "m", "min" -> Duration.ofMinutes(number);
                default -> Duration.ofSeconds(number);
            };
            if (interval.compareTo(MIN_INTERVAL) >= 0 && interval.compareTo(MAX_INTERVAL) <= 0) {
                return interval;
            }
        }
        throw new RuleException("is no time from 10 s to a day", "Write \"60s\" or \"5min\"");
    }
}
