package oriel.homeassistant.camera;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import oriel.base.JsonObject;
import oriel.base.Secret;
import oriel.base.StreamName;

/**
 * Finds the cameras among Home Assistant's integrations whose address stands in its storage: {@code generic} in each form
 * it ever had, {@code mjpeg}, {@code foscam} and {@code onvif}. Pure.
 */
final class HassCameras {
    /** More are passed over. */
    static final int MAX = 500;

    private static final Pattern TEMPLATE = Pattern.compile("\\{[{%#]");
    private static final int MAX_ADDRESS_CHARS = 8192;
    private static final String DISABLED = "It is disabled in Home Assistant. Enable it there to have it here.";

    private HassCameras() {}

    /**
     * In the order of the entries.
     *
     * @param entities the cameras of each entry, as far as they are known
     */
    static List<HassCamera> of(List<ConfigEntry> entries, Map<String, List<CameraEntity>> entities) {
        List<HassCamera> cameras = new ArrayList<>();
        for (ConfigEntry entry : entries) {
            Optional<CameraEntity> entity = entity(entry, entities);
            Optional<HassCamera> camera = switch (entry.domain()) {
                case "generic" -> Optional.of(generic(entry, entity));
                case "mjpeg" -> Optional.of(mjpeg(entry, entity));
                case "foscam" -> Optional.of(foscam(entry, entity));
                case "onvif" -> Optional.of(onvif(entry, entity));
                default -> Optional.empty();
            };
            camera.filter(c -> cameras.size() < MAX).ifPresent(cameras::add);
        }
        return cameras;
    }

    // An ONVIF camera has one entity for each of its profiles: the first that is on stands for it.
    private static Optional<CameraEntity> entity(ConfigEntry entry, Map<String, List<CameraEntity>> entities) {
        List<CameraEntity> own = entities.getOrDefault(entry.id(), List.of()).stream()
                .filter(entity -> entity.platform().equals(entry.domain()))
                .toList();
        return own.stream()
                .filter(entity -> !entity.disabled())
                .findFirst()
                .or(() -> own.stream().findFirst());
    }

    private static HassCamera generic(ConfigEntry entry, Optional<CameraEntity> entity) {
        Optional<String> source = setting(entry, "stream_source");
        String user = user(entry);
        String password = password(entry);
        CameraAddress address;
        if (source.isEmpty()) {
            address = new CameraAddress.None(
                    setting(entry, "still_image_url").isPresent()
                            ? "It has only single pictures, by an HTTP address, which this version of Oriel does not"
                                    + " fetch. Give it a stream source in Home Assistant."
                            : "It has no stream source in Home Assistant.");
        } else if (TEMPLATE.matcher(source.get()).find()) {
            address = new CameraAddress.Template(Secret.of(source.get().strip()), user, Secret.of(password));
        } else {
            address = address(source.get(), user, password);
        }
        // Newer versions have put some of the options into a drawer of their own.
        String transport = entry.options()
                .object("advanced")
                .flatMap(advanced -> advanced.string("rtsp_transport"))
                .or(() -> setting(entry, "rtsp_transport"))
                .orElse("");
        return new Draft(entry, entity, address)
                .withAliases("generic_" + entry.id(), true)
                .withTransport(
                        switch (transport) {
                            case "udp" -> "udp";
                            case "udp_multicast" -> "multicast";
                            default -> ""; // TCP is what is used anyway, and RTSP within HTTP is not spoken.
                        })
                .build();
    }

    private static HassCamera mjpeg(ConfigEntry entry, Optional<CameraEntity> entity) {
        CameraAddress address = setting(entry, "mjpeg_url")
                .map(url -> address(url, user(entry), password(entry)))
                .orElseGet(() -> new CameraAddress.None("It has no address in Home Assistant."));
        return new Draft(entry, entity, address)
                .withAliases(platformName(entity), false)
                .build();
    }

    // Home Assistant puts this address together as it is, without encoding anything.
    private static HassCamera foscam(ConfigEntry entry, Optional<CameraEntity> entity) {
        Optional<String> host = setting(entry, "host");
        long port = entry.data().integer("rtsp_port").orElse(0);
        String stream = setting(entry, "stream").orElse("Main");
        CameraAddress address = host.isEmpty() || port < 1 || port > 0xFFFF
                ? new CameraAddress.None(
                        "Home Assistant asks this camera for its RTSP port and has not written it down."
                                + " Add the camera here by its address.")
                : new CameraAddress.Fixed(Secret.of("rtsp://" + user(entry) + ":" + password(entry) + "@" + host.get()
                        + ":" + port + "/video" + stream));
        return new Draft(entry, entity, address)
                .withAliases(platformName(entity), false)
                .build();
    }

    // What Home Assistant registers for these, the camera itself tells it; so there is no alias.
    private static HassCamera onvif(ConfigEntry entry, Optional<CameraEntity> entity) {
        Optional<String> host = setting(entry, "host");
        long port = entry.data().integer("port").orElse(80);
        String user = user(entry);
        String password = password(entry);
        String login = user.isEmpty() || password.isEmpty() ? "" : HassUrl.login(user, password) + "@";
        CameraAddress address = host.map(h -> address("onvif://" + login + bracketed(h) + ":" + port, "", ""))
                .orElseGet(() -> new CameraAddress.None("It has no address in Home Assistant."));
        return new Draft(entry, entity, address).build();
    }

    private static String bracketed(String host) {
        return host.indexOf(':') >= 0 && !host.startsWith("[") ? "[" + host + "]" : host;
    }

    /** {@code text} as Home Assistant hands it on; as it is if Home Assistant makes no sense of it and we may. */
    static CameraAddress address(String text, String user, String password) {
        String url = HassUrl.normalized(text, user, password).orElseGet(() -> HassUrl.withLogin(text, user, password));
        boolean usable = url.indexOf("://") > 0
                && url.length() <= MAX_ADDRESS_CHARS
                && url.chars().noneMatch(c -> c < ' ' || c == 0x7F);
        return usable
                ? new CameraAddress.Fixed(Secret.of(url))
                : new CameraAddress.None("Its address makes no sense. Correct it in Home Assistant.");
    }

    /** Newer versions keep it in the options, older ones in the data. */
    private static Optional<String> setting(ConfigEntry entry, String name) {
        return entry.options().string(name).or(() -> entry.data().string(name)).filter(text -> !text.isBlank());
    }

    private static String user(ConfigEntry entry) {
        return setting(entry, "username").orElse("");
    }

    private static String password(ConfigEntry entry) {
        return setting(entry, "password").orElse("");
    }

    private static String platformName(Optional<CameraEntity> entity) {
        return entity.filter(e -> !e.uniqueId().isEmpty())
                .map(e -> HassUrl.quoted(e.platform() + "_" + e.uniqueId()))
                .orElse("");
    }

    private static String title(ConfigEntry entry, Optional<CameraEntity> entity) {
        StringBuilder title = new StringBuilder();
        entry.title()
                .strip()
                .codePoints()
                .filter(c -> Character.getType(c) != Character.CONTROL && Character.getType(c) != Character.SURROGATE)
                .limit(StreamName.MAX_CHARS)
                .forEach(title::appendCodePoint);
        return Optional.of(title.toString())
                .filter(text -> StreamName.problem(text).isEmpty())
                .or(() -> entity.map(CameraEntity::entityId))
                .orElseGet(() -> entry.domain().toLowerCase(Locale.ROOT) + "_" + entry.id());
    }

    private static List<Secret> secrets(JsonObject... settings) {
        Set<Secret> secrets = new LinkedHashSet<>();
        for (JsonObject setting : settings) {
            setting.string("password").map(Secret::of).ifPresent(secrets::add);
        }
        return secrets.stream().filter(secret -> !secret.isEmpty()).toList();
    }

    /** A camera in the making. */
    private static final class Draft {
        private final ConfigEntry entry;
        private final Optional<CameraEntity> entity;
        private final CameraAddress address;
        private final List<Secret> secrets;
        private final Set<String> aliases = new LinkedHashSet<>();
        private boolean helped;
        private String transport = "";

        Draft(ConfigEntry entry, Optional<CameraEntity> entity, CameraAddress address) {
            boolean disabled =
                    entry.disabled() || entity.filter(CameraEntity::disabled).isPresent();
            this.entry = entry;
            this.entity = entity;
            this.address = disabled ? new CameraAddress.None(DISABLED) : address;
            this.secrets = new ArrayList<>(secrets(entry.options(), entry.data()));
            String password = password(entry);
            if (!password.isEmpty()) {
                secrets.add(Secret.of(HassUrl.login("", password).substring(1))); // as it stands in an address
            }
        }

        /** Older versions ask by the entity's id, newer ones by {@code name}, if it has one. */
        Draft withAliases(String name, boolean helped) {
            entity.ifPresent(e -> aliases.add(e.entityId()));
            if (!name.isEmpty() && StreamName.problem(name).isEmpty()) {
                aliases.add(name);
            }
            this.helped = helped;
            return this;
        }

        Draft withTransport(String transport) {
            this.transport = transport;
            return this;
        }

        HassCamera build() {
            return new HassCamera(
                    entry.id(),
                    title(entry, entity),
                    entity.map(CameraEntity::entityId),
                    List.copyOf(aliases),
                    helped,
                    address,
                    transport,
                    secrets);
        }
    }
}
