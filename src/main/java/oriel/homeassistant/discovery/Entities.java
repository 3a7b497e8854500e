package oriel.homeassistant.discovery;

import java.util.List;
import oriel.base.JsonArray;
import oriel.base.JsonObject;
import oriel.base.JsonValue;

/** Collects the entities of one device, keys in a fixed order: the same facts are the same bytes. For one message. */
final class Entities {
    private static final String DIAGNOSTIC = "diagnostic";

    private final JsonObject.Builder all = JsonObject.builder();
    private final String ids;
    private final String entities;
    private final String state;

    /**
     * @param ids what unique ids begin with
     * @param entities what entity ids begin with, behind their domain
     * @param state topic of the device's state
     */
    Entities(String ids, String entities, String state) {
        this.ids = ids;
        this.entities = entities;
        this.state = state;
    }

    /** One entity under construction. */
    final class Entity {
        private final String component;
        private final JsonObject.Builder json;

        private Entity(Platform platform, String component, String entityId, String name) {
            this.component = component;
            this.json = JsonObject.builder()
                    .put("platform", platform.word())
                    .put("unique_id", ids + "_" + component)
                    .put("default_entity_id", platform.word() + "." + entityId)
                    .put("name", name);
        }

        Entity put(String key, String value) {
            json.put(key, value);
            return this;
        }

        Entity put(String key, List<String> values) {
            json.put(key, JsonArray.ofStrings(values));
            return this;
        }

        Entity diagnostic() {
            return put("entity_category", DIAGNOSTIC);
        }

        Entity config() {
            return put("entity_category", "config");
        }

        /** There, and off until its owner wants it. */
        Entity hidden() {
            json.put("enabled_by_default", false);
            return this;
        }

        /** Its value is the state's member of its own name. */
        Entity fromState() {
            return put("state_topic", state).put("value_template", "{{ value_json." + component + " }}");
        }

        /** With these members of the state beside it. */
        Entity attributes(List<String> members) {
            StringBuilder template = new StringBuilder("{{ {");
            for (String member : members) {
                template.append(template.length() > 4 ? ", '" : "'")
                        .append(member)
                        .append("': value_json.")
                        .append(member);
            }
            return put("json_attributes_topic", state)
                    .put(
                            "json_attributes_template",
                            template.append("} | tojson }}").toString());
        }

        Entity measured(String unit) {
            return put("state_class", "measurement").put("unit_of_measurement", unit);
        }

        /** Depends on these topics alone. */
        Entity availableBy(String topic) {
            json.put("availability", availability(List.of(topic)));
            return this;
        }

        void add() {
            all.put(component, json.build());
        }
    }

    Entity entity(Platform platform, String component, String name) {
        return new Entity(platform, component, entities + "_" + component, name);
    }

    /** One with another entity id than its component's. */
    Entity entity(Platform platform, String component, String entityId, String name) {
        return new Entity(platform, component, entityId, name);
    }

    JsonObject build() {
        return all.build();
    }

    static JsonArray availability(List<String> topics) {
        return new JsonArray(topics.stream()
                .map(topic ->
                        (JsonValue) JsonObject.builder().put("topic", topic).build())
                .toList());
    }
}
