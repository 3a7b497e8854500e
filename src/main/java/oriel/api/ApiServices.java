package oriel.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import oriel.access.LinkTokens;
import oriel.access.SessionLedger;
import oriel.access.SourcePolicy;
import oriel.base.Clock;
import oriel.base.Secret;
import oriel.catalog.Catalog;
import oriel.catalog.Preloads;
import oriel.config.ApiConfig;
import oriel.config.ConfigReload;
import oriel.config.IceServer;
import oriel.config.MovingIn;
import oriel.config.Redactions;
import oriel.homeassistant.camera.HassImport;
import oriel.homeassistant.supervisor.HomeAssistant;
import oriel.mqtt.MqttStatus;
import oriel.output.still.StillOutput;
import oriel.output.webrtc.WebRtcOutput;
import oriel.stream.StreamRegistry;

/**
 * What the doors work on, handed to every route.
 *
 * @param about this build and its configuration
 * @param catalog the streams by name
 * @param preloads those that stay connected
 * @param streams the hub
 * @param hass Home Assistant's cameras, if there is a folder to look for them
 * @param webrtc the WebRTC lane, while its port is open
 * @param stills pictures of streams
 * @param guard who comes in
 * @param links what links open
 * @param sessions what runs on somebody's right
 * @param firstPassword of the login {@code admin}, while the configuration names no login
 * @param redactions takes secrets out of what is shown to those who may not see them
 * @param policy which sources may be added
 * @param config the {@code api} section
 * @param iceServers that viewers are told of now
 * @param reload reads the configuration again
 * @param moving moving in from go2rtc
 * @param folder where relative paths of the configuration start
 * @param limits the bounds of all rooms and what was thrown away
 * @param home Home Assistant around us
 * @param mqtt how the link to the MQTT broker is, while there is one
 * @param clock time
 */
public record ApiServices(
        About about,
        Catalog catalog,
        Preloads preloads,
        StreamRegistry streams,
        Optional<HassImport> hass,
        Supplier<Optional<WebRtcOutput>> webrtc,
        StillOutput stills,
        DoorGuard guard,
        LinkTokens links,
        SessionLedger sessions,
        Supplier<Optional<Secret>> firstPassword,
        Redactions redactions,
        SourcePolicy policy,
        ApiConfig config,
        Supplier<List<IceServer>> iceServers,
        ConfigReload reload,
        MovingIn moving,
        Path folder,
        LimitCounters limits,
        HomeAssistant home,
        Supplier<Optional<MqttStatus>> mqtt,
        Clock clock) {}
