package oriel.config;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import oriel.base.StreamName;

/**
 * Reads the section {@code streams}: a source, a list of sources, a map with {@code url}, nothing (the stream waits for a
 * publisher), or {@code false} (it is off). Sources are kept byte for byte. For one configuration and one thread.
 */
final class StreamsBinder {
    private final Section section;

    StreamsBinder(Section section) {
        this.section = section;
    }

    Map<String, StreamConfig> bind() {
        Map<String, StreamConfig> streams = new LinkedHashMap<>();
        section.rest().forEach((name, entry) -> {
            try {
                checkName(name, streams.size());
                streams.put(name, stream(section.path(name), entry.value()));
            } catch (RuleException e) {
                section.refuse(section.path(name), entry.value(), e);
            }
        });
        return streams;
    }

    private static void checkName(String name, int before) throws RuleException {
        Optional<String> wrong = StreamName.problem(name);
        if (wrong.isPresent()) {
            throw new RuleException("has a name that can't be used: " + wrong.get(), "");
        }
        if (before >= GatewayConfig.MAX_STREAMS) {
            throw new RuleException(
                    "is one stream more than the " + GatewayConfig.MAX_STREAMS + " that are possible", "");
        }
    }

    private StreamConfig stream(String path, ConfigNode node) throws RuleException {
        return switch (node) {
            case ConfigNode.Scalar scalar when scalar.isFalse() -> new StreamConfig(false, List.of());
            case ConfigNode.Scalar scalar when scalar.isNull() -> new StreamConfig(true, List.of());
            case ConfigNode.Scalar scalar -> new StreamConfig(true, sources(path, List.of(scalar)));
            case ConfigNode.Sequence sequence -> new StreamConfig(true, sources(path, sequence.items()));
            case ConfigNode.Mapping mapping -> map(path, mapping);
        };
    }

    private StreamConfig map(String path, ConfigNode.Mapping mapping) throws RuleException {
        Map<String, ConfigNode.Entry> others = new LinkedHashMap<>(mapping.entries());
        ConfigNode.Entry url = others.remove("url");
        Section map = section.section(path.substring(path.indexOf('.') + 1));
        others.forEach(map::tellUnknown);
        if (url == null) {
            throw new RuleException("is a map without url", "Write {url: rtsp://...}");
        }
        if (url.value() instanceof ConfigNode.Mapping) {
            throw new RuleException("has a map in its url: one source, or a list of them", "");
        }
        return stream(path + ".url", url.value());
    }

    private List<String> sources(String path, List<ConfigNode> nodes) throws RuleException {
        if (nodes.size() > StreamConfig.MAX_SOURCES) {
            throw new RuleException("has more than " + StreamConfig.MAX_SOURCES + " sources", "");
        }
        List<String> sources = new ArrayList<>();
        for (ConfigNode node : nodes) {
            section.read(path, node, StreamsBinder::source).ifPresent(sources::add);
        }
        return sources;
    }

    private static String source(String text) throws RuleException {
        if (text.isBlank()) {
            throw new RuleException("has a source without text", "Write an address, or remove the line");
        }
        if (text.length() > StreamConfig.MAX_SOURCE_CHARS) {
            throw new RuleException("has more than " + StreamConfig.MAX_SOURCE_CHARS + " characters", "");
        }
        if (text.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw new RuleException("has a control character in it", "");
        }
        return text;
    }
}
