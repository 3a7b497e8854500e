package oriel.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import oriel.base.Secret;

/** What differs between two configurations: a case for each component of {@link GatewayConfig}, made only if it differs. */
public sealed interface ConfigChange {
    /** The section {@code api}: its login may change at any time, its doors are built at the start. */
    record Api(ApiConfig before, ApiConfig after) implements ConfigChange {
        @Override
        public List<String> afterRestart() {
            return ChangedKeys.of("api", before, after, Set.of("api.username"));
        }
    }

    /** The section {@code webrtc}: what viewers are told may change at any time, what is listened to may not. */
    record Webrtc(WebrtcConfig before, WebrtcConfig after) implements ConfigChange {
        @Override
        public List<String> afterRestart() {
            return ChangedKeys.of("webrtc", before, after, Set.of("webrtc.candidates", "webrtc.ice_servers"));
        }
    }

    /** The section {@code log}: levels may change at any time, its form and place may not. */
    record Log(LogConfig before, LogConfig after) implements ConfigChange {
        @Override
        public List<String> afterRestart() {
            return ChangedKeys.of("log", before, after, Set.of("log.level", "log.modules"));
        }
    }

    /** The section {@code env}: its values count where they are named, so they come with the other changes. */
    record Env(Map<String, Secret> before, Map<String, Secret> after) implements ConfigChange {
        @Override
        public List<String> afterRestart() {
            return List.of();
        }
    }

    /** The section {@code streams}. */
    record Streams(Map<String, StreamConfig> before, Map<String, StreamConfig> after) implements ConfigChange {
        @Override
        public List<String> afterRestart() {
            return List.of();
        }
    }

    /** The section {@code preload}. */
    record Preload(Map<String, String> before, Map<String, String> after) implements ConfigChange {
        @Override
        public List<String> afterRestart() {
            return List.of();
        }
    }

    /** The section {@code hass}: its folder is watched from the start on. */
    record Hass(HassConfig before, HassConfig after) implements ConfigChange {
        @Override
        public List<String> afterRestart() {
            return ChangedKeys.of("hass", before, after, Set.of());
        }
    }

    /** Our own section. */
    record Oriel(OrielConfig before, OrielConfig after) implements ConfigChange {
        @Override
        public List<String> afterRestart() {
            return ChangedKeys.of(
                    "oriel", before, after, Set.of("oriel.demo", "oriel.access", "oriel.mqtt", "oriel.probe"));
        }
    }

    /** The keys that differ and take effect only when Oriel is started anew. */
    List<String> afterRestart();

    /** What differs, in the order of the record's components. */
    static List<ConfigChange> between(GatewayConfig before, GatewayConfig after) {
        List<ConfigChange> changes = new ArrayList<>();
        add(changes, before.api(), after.api(), Api::new);
        add(changes, before.webrtc(), after.webrtc(), Webrtc::new);
        add(changes, before.log(), after.log(), Log::new);
        add(changes, before.env(), after.env(), Env::new);
        add(changes, before.streams(), after.streams(), Streams::new);
        add(changes, before.preload(), after.preload(), Preload::new);
        add(changes, before.hass(), after.hass(), Hass::new);
        add(changes, before.oriel(), after.oriel(), Oriel::new);
        return changes;
    }

    private static <T> void add(
            List<ConfigChange> changes, T before, T after, BiFunction<T, T, ? extends ConfigChange> change) {
        if (!before.equals(after)) {
            changes.add(change.apply(before, after));
        }
    }
}
