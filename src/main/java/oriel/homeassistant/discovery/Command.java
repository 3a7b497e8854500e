package oriel.homeassistant.discovery;

import java.nio.charset.StandardCharsets;
import oriel.mqtt.MqttMessage;

/** What somebody asks for by a message. */
sealed interface Command {
    /** Longest payload that can mean something. */
    int MAX_PAYLOAD = 16;

    /** Switch a camera on or off. */
    record Enable(String slug, boolean on) implements Command {}

    /** Keep a camera connected, or no longer. */
    record KeepAlive(String slug, boolean on) implements Command {}

    /** Connect a camera anew. */
    record Restart(String slug) implements Command {}

    /** Take a still of a camera now. */
    record Snapshot(String slug) implements Command {}

    /** Read the configuration anew. */
    record Reload() implements Command {}

    /** Nothing that can be done: why, a sentence. */
    record Refused(String why) implements Command {}

    /** Whether this topic is one of commands, whatever it asks for. */
    static boolean isOne(Topics topics, String topic) {
        String[] words = words(topics, topic);
        return (words.length == 2 && words[0].equals("set")) || (words.length == 3 && words[1].equals("set"));
    }

    /** Reads one that {@link #isOne}. */
    static Command read(Topics topics, MqttMessage message) {
        String[] words = words(topics, message.topic());
        String component = words[words.length - 1];
        if (message.payload().length() > MAX_PAYLOAD) {
            return new Refused("it is " + message.payload().length() + " bytes long, and commands have at most "
                    + MAX_PAYLOAD + ".");
        }
        String payload = new String(message.payload().toArray(), StandardCharsets.UTF_8);
        if (words.length == 2) {
            return component.equals("reload")
                    ? pressed(payload, new Reload())
                    : new Refused("Oriel itself has no such command; it has reload.");
        }
        String slug = words[0];
        return switch (component) {
            case "enabled" -> switched(payload, new Enable(slug, true), new Enable(slug, false));
            case "keep_alive" -> switched(payload, new KeepAlive(slug, true), new KeepAlive(slug, false));
            case "restart" -> pressed(payload, new Restart(slug));
            case "snapshot" -> pressed(payload, new Snapshot(slug));
            default -> new Refused("there is no such command; there are enabled, keep_alive, restart and snapshot.");
        };
    }

    private static Command switched(String payload, Command on, Command off) {
        return switch (payload) {
            case "ON" -> on;
            case "OFF" -> off;
            default -> new Refused("a switch takes ON or OFF.");
        };
    }

    private static Command pressed(String payload, Command command) {
        return payload.equals("PRESS") ? command : new Refused("a button takes PRESS.");
    }

    private static String[] words(Topics topics, String topic) {
        String start = topics.base() + "/";
        return topic.startsWith(start) ? topic.substring(start.length()).split("/", -1) : new String[0];
    }
}
