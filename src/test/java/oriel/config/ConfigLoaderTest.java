package oriel.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import oriel.base.Secret;
import oriel.testing.Proves;

class ConfigLoaderTest extends ConfigFixture {
    @Test
    void load_everyActingKey_isRead() throws Exception {
        GatewayConfig config = yaml("""
                api:
                  listen: "127.0.0.1:1985"
                  base_path: /go2rtc/
                  static_dir: www
                  origin: ["http://nvr.lan:8012", "https://Cams.example.org"]
                  username: home
                  password: s3cret
                webrtc:
                  listen: :8556/tcp
                  candidates:
                    - 192.168.1.2:8555
                    - "stun:8555"
                    - stun:3478
                    - cams.example.org
                    - 2001:db8::1
                    - "[2001:db8::2]:9000"
                  ice_servers:
                    - urls: stun:stun.l.google.com:19302
                    - urls: ["turn:t.example.org:3478?transport=udp", turns:t.example.org:5349]
                      username: anna
                      credential: turnsecret
                log:
                  level: debug
                  format: text
                  output: file:/var/log/oriel.log
                  time: UNIXNANO
                  rtsp: trace
                  lib: error
                env:
                  TZ: Europe/Berlin
                streams:
                  front: rtsp://h/1
                preload:
                  front: video=h264
                  back:
                oriel:
                  demo: off
                  data: state
                  hosts: [cams.example.org, "*.nvr.lan"]
                  access:
                    loopback: integration
                    lan: open
                    trusted_proxies: [192.168.1.2, "fd00::/8"]
                    users:
                      anna: {role: operator, streams: [front, garden], password: annas}
                      0123456789abcdef0123456789abcdef: {role: none}
                      ben:
                  ingress: {listen: "127.0.0.1:8099", peer: 127.0.0.1}
                  mqtt: {host: "[fd00::7]", username: oriel, password: brokers, tls: true, ca: ca.pem, base: cams/oriel}
                  probe: {interval: 5min, off: [doorbell, shed]}
                """);

        assertThat(config)
                .isEqualTo(new GatewayConfig(
                        new ApiConfig(
                                Optional.of(new Listen("127.0.0.1", 1985, Transport.TCP)),
                                "/go2rtc",
                                "www",
                                List.of("http://nvr.lan:8012", "https://cams.example.org"),
                                Optional.of(new LoginConfig("home", Secret.of("s3cret")))),
                        new WebrtcConfig(
                                Optional.of(new Listen("", 8556, Transport.TCP)),
                                List.of(
                                        new Candidate.Fixed("192.168.1.2", 8555),
                                        new Candidate.Stun(8555),
                                        new Candidate.Stun(3478),
                                        new Candidate.Fixed("cams.example.org", 8556),
                                        new Candidate.Fixed("2001:db8::1", 8556),
                                        new Candidate.Fixed("2001:db8::2", 9000)),
                                List.of(
                                        new IceServer(List.of("stun:stun.l.google.com:19302"), "", Optional.empty()),
                                        new IceServer(
                                                List.of(
                                                        "turn:t.example.org:3478?transport=udp",
                                                        "turns:t.example.org:5349"),
                                                "anna",
                                                Optional.of(Secret.of("turnsecret")))),
                                WebrtcFilters.NONE),
                        new LogConfig(
                                LogLevel.DEBUG,
                                Map.of("rtsp", LogLevel.TRACE, "lib", LogLevel.ERROR),
                                LogFormat.TEXT,
                                new LogOutput.ToFile("/var/log/oriel.log"),
                                LogTime.Unix.NANOS),
                        Map.of("TZ", Secret.of("Europe/Berlin")),
                        Map.of("front", new StreamConfig(true, List.of("rtsp://h/1"))),
                        Map.of("front", "video=h264", "back", "video&audio"),
                        HassConfig.DEFAULT,
                        new OrielConfig(
                                false,
                                "state",
                                List.of("cams.example.org", "*.nvr.lan"),
                                new AccessConfig(
                                        Optional.of(LoopbackAccess.INTEGRATION),
                                        LanAccess.OPEN,
                                        List.of(AddressRange.parse("192.168.1.2"), AddressRange.parse("fd00::/8")),
                                        Map.of(
                                                "anna",
                                                new UserConfig(
                                                        UserRole.OPERATOR,
                                                        Optional.of(Set.of("front", "garden")),
                                                        Optional.of(Secret.of("annas"))),
                                                "0123456789abcdef0123456789abcdef",
                                                new UserConfig(UserRole.NONE, Optional.empty(), Optional.empty()))),
                                new IngressConfig(
                                        Optional.of(new Listen("127.0.0.1", 8099, Transport.TCP)),
                                        InetAddress.ofLiteral("127.0.0.1")),
                                new MqttConfig(
                                        "fd00::7",
                                        8883,
                                        "oriel",
                                        Secret.of("brokers"),
                                        true,
                                        "ca.pem",
                                        "cams/oriel",
                                        "homeassistant"),
                                new ProbeConfig(Duration.ofMinutes(5), Set.of("doorbell", "shed")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "\n", "# nothing\n", "---\n", "streams:\n", "{}", "null", "api:\nwebrtc:\nlog:\noriel:\n"})
    void load_emptyFile_givesDefaults(String text) throws Exception {
        assertThat(yaml(text)).isEqualTo(DEFAULTS);
    }

    @Test
    void streams_everyForm_keepsSourcesByteForByte() throws Exception {
        Map<String, StreamConfig> streams =
                yaml("""
                        streams:
                          one: rtsp://user:p@ss:/wörd@h/1?a=b&c=d#timeout=30
                          several:
                            - rtsp://h/1
                            - "ffmpeg:several#audio=opus#raw=-vf hflip"
                            - exec:ffmpeg -i x {output}
                          map: {url: rtsp://h/2}
                          maps:
                            url: [rtsp://h/3, rtsp://h/4]
                          waits:
                          tilde: ~
                          off: false
                          "quoted": "false"
                          no: rtsp://h/no
                          on: rtsp://h/on
                          0123: rtsp://h/octal
                          12:30: rtsp://h/time
                          1e3: rtsp://h/float
                          yes: 0123
                          "": rtsp://h/never
                        """.replace("  \"\": rtsp://h/never\n", "")).streams();

        assertThat(streams.keySet())
                .containsExactly(
                        "one", "several", "map", "maps", "waits", "tilde", "off", "quoted", "no", "on", "0123", "12:30",
                        "1e3", "yes");
        assertThat(sources(streams, "one")).containsExactly("rtsp://user:p@ss:/wörd@h/1?a=b&c=d#timeout=30");
        assertThat(sources(streams, "several"))
                .containsExactly("rtsp://h/1", "ffmpeg:several#audio=opus#raw=-vf hflip", "exec:ffmpeg -i x {output}");
        assertThat(sources(streams, "map")).containsExactly("rtsp://h/2");
        assertThat(sources(streams, "maps")).containsExactly("rtsp://h/3", "rtsp://h/4");
        assertThat(streams.get("waits")).isEqualTo(new StreamConfig(true, List.of()));
        assertThat(streams.get("tilde")).isEqualTo(new StreamConfig(true, List.of()));
        assertThat(streams.get("off")).isEqualTo(new StreamConfig(false, List.of()));
        assertThat(sources(streams, "quoted")).containsExactly("false");
        assertThat(sources(streams, "yes")).containsExactly("0123");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"on", "no", "0123", "12:30", "1_000", "0x1F", "~x", "2026-01-01", "1.0", ".inf", "=", "<<x"})
    void text_thatYamlWouldGuess_staysText(String password) throws Exception {
        IceServer server = yaml("webrtc: {ice_servers: [{urls: 'turn:h', credential: " + password + "}]}")
                .webrtc()
                .iceServers()
                .getFirst();

        assertThat(server.credential()).contains(Secret.of(password));
    }

    @ParameterizedTest
    @CsvSource({
        "':1984', '', 1984, BOTH",
        "'\":1984\"', '', 1984, BOTH",
        "127.0.0.1:1984, 127.0.0.1, 1984, BOTH",
        "'\"[::1]:8555\"', ::1, 8555, BOTH",
        "localhost:0, localhost, 0, BOTH",
        ":8555/tcp, '', 8555, TCP",
        ":8555/udp, '', 8555, UDP",
    })
    void listen_everyForm_isRead(String text, String host, int port, Transport transport) throws Exception {
        assertThat(yaml("webrtc:\n  listen: " + text).webrtc().listen()).contains(new Listen(host, port, transport));
    }

    @Test
    void listen_emptyText_isOff() throws Exception {
        assertThat(yaml("webrtc: {listen: ''}\napi: {listen: \"\"}").api().listen())
                .isEmpty();
        assertThat(yaml("webrtc: {listen: ''}").webrtc().listen()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1984 | \"1984\" has no port: an address is host:port, or :port for every address. Write \":1984\".",
                ":65536 | \":65536\" has no port after the last colon: a number from 0 to 65535.",
                ":http | \":http\" has no port after the last colon: a number from 0 to 65535.",
                "\"::1:1984\" | \"::1:1984\" needs brackets around an IPv6 address. Write \"[::1]:8555\".",
                "a b:1 | \"a b:1\" names no host: an IP address, a name, or nothing. Write \"127.0.0.1:1984\".",
                ":1/sctp | \":1/sctp\" may end in /tcp or /udp and in nothing else. Write \":8555/tcp\".",
                ":1984/udp | \":1984/udp\" is served over TCP alone. Leave /udp out.",
                "[1, 2] | must be one text or number, and is a list.",
            })
    void listen_brokenForm_isSaidInWords(String text, String words) throws Exception {
        assertThat(problems("\napi:\n  listen: " + text)).containsExactly("go2rtc.yaml:3: api.listen: " + words);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api: {base_path: a b} | api.base_path: \"a b\" is no path",
                "api: {base_path: /../x} | api.base_path: \"/../x\" is no path",
                "api: {origin: http://h/x} | api.origin: \"http://h/x\" is no origin",
                "api: 5 | api: \"5\" must be a map of keys, and is a single value",
                "streams: [a] | streams: must be a map of keys, and is a list",
                "streams: {a: {}} | streams.a: is a map without url",
                "streams: {a: {url: {}}} | streams.a: has a map in its url",
                "streams: {a: [[b]]} | streams.a: must be one text or number, and is a list",
                "streams: {a: ''} | streams.a: has a source without text",
                "streams: {\"\\u0001\": a} | streams.?: \"a\" has a name that can't be used: a name has no control",
                "streams: {'  ': a} | \"a\" has a name that can't be used: a name needs at least one",
                "streams: {a: \"x\\ny\"} | streams.a: \"x?y\" has a control character in it",
                "streams: {a: [1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17]} | streams.a: has more than 16 sources",
                "webrtc: {candidates: [':8555']} | webrtc.candidates[0]: \":8555\" names no host",
                "webrtc: {candidates: ['h:0']} | webrtc.candidates[0]: \"h:0\" has port 0",
                "webrtc: {candidates: [{a: b}]} | webrtc.candidates[0]: must be one text or number, and is a map",
                "webrtc: {ice_servers: [stun:h]} | webrtc.ice_servers[0]: \"stun:h\" must be a map of keys",
                "webrtc: {ice_servers: [{urls: 'http://h'}]} | webrtc.ice_servers[0].urls: \"http://h\" is no address",
                "log: {level: loud} | log.level: \"loud\" is no level: trace, debug, info, warn, error, fatal or disabled",
                "log: {format: xml} | log.format: \"xml\" is none of text",
                "log: {output: syslog} | log.output: \"syslog\" is none of stdout",
                "log: {out: syslog} | log.out: \"syslog\" is none of stdout",
                "log: {time: bogus} | log.time: \"bogus\" is no layout of a time",
                "preload: {a: [b]} | preload.a: must be one text or number",
                "env: {A: [b]} | env.A: must be one text or number",
                "oriel: {demo: maybe} | oriel.demo: \"maybe\" is neither auto nor off",
                "oriel: {hosts: ['a:80']} | oriel.hosts[0]: \"a:80\" is no host name",
                "api: {username: anna} | api.username: \"anna\" stands without api.password",
                "api: {username: 'a:b', password: x} | has a colon",
                "api: {local_auth: maybe} | api.local_auth: \"maybe\" is neither true nor false",
                "oriel: {access: {lan: wide}} | oriel.access.lan: \"wide\" is neither login nor open",
                "oriel: {access: {trusted_proxies: [nginx]}} | is no address and no range of them",
                "oriel: {access: {trusted_proxies: [10.0.0.0/33]}} | is no address and no range of them",
                "oriel: {access: {users: {anna: {role: boss}}}} | is none of admin, operator, viewer",
                "oriel: {access: {users: {'a:b': {role: admin}}}} | is no name of a user",
                "oriel: {ingress: {peer: 10.0.0.0/8}} | is no single address",
                "oriel: {mqtt: {host: 'mqtt://broker'}} | oriel.mqtt.host: \"mqtt://broker\" is no host",
                "oriel: {mqtt: {port: 0}} | oriel.mqtt.port: \"0\" is no port",
                "oriel: {mqtt: {password: hidden-word}} | stands without oriel.mqtt.username",
                "oriel: {mqtt: {base: 'a/#'}} | oriel.mqtt.base: \"a/#\" is no topic to begin with",
                "oriel: {mqtt: {discovery_prefix: /x}} | is no topic to begin with",
                "oriel: {mqtt: {tls: perhaps}} | oriel.mqtt.tls: \"perhaps\" is neither true nor false",
                "oriel: {probe: {interval: 9s}} | oriel.probe.interval: \"9s\" is no time from 10 s to a day",
                "oriel: {probe: {interval: often}} | is no time from 10 s to a day",
                "oriel: {probe: {interval: 25h}} | is no time from 10 s to a day",
                "oriel: {probe: {off: ['']}} | is no name of a stream",
                "oriel: {access: {loopback: root}} | oriel.access.loopback: \"root\" is none of admin",
                "[] | must be a map of keys",
                "hello | must be a map of keys",
            })
    void load_wrongValue_namesLineKeyValueAndRule(String text, String words) throws Exception {
        assertThat(problems(text))
                .singleElement()
                .asString()
                .startsWith("go2rtc.yaml:1: ")
                .contains(words);
    }

    @Test
    void unknownAndFutureKeys_areToldOnceEachWithTheirLine() throws Exception {
        LoadedConfig config = loadYaml("""
                strems:
                  a: b
                api:
                  password: word
                  lisen: ":1"
                rtsp:
                  listen: ":8554"
                  paket: 5
                ffmpeg: {bin: ffmpeg, h264: "-c:v x"}
                homekit:
                  a: {pin: 12345678}
                app: {modules: [api]}
                rtmp:
                webrtc: {filters: {loopback: true}}
                log: {colour: sometimes}
                streams: {a: {url: "rtsp://h", user: x}}
                oriel:
                  mqtt: {hosts: broker}
                  access: {lan: open, wan: open}
                  extra: 1
                hass: {config: /config}
                """);

        assertThat(notes(config))
                .containsExactlyInAnyOrder(
                        "WRN go2rtc.yaml:1: strems is unknown and has no effect",
                        "WRN go2rtc.yaml:5: api.lisen is unknown and has no effect",
                        "INF rtsp.listen is known and has no effect in this version (go2rtc.yaml:7)",
                        "WRN go2rtc.yaml:8: rtsp.paket is unknown and has no effect",
                        "INF ffmpeg is known and has no effect in this version (go2rtc.yaml:9)",
                        "INF homekit is known and has no effect in this version (go2rtc.yaml:10)",
                        "INF app.modules is known and has no effect in this version (go2rtc.yaml:12)",
                        "WRN go2rtc.yaml:15: log.colour is unknown and has no effect",
                        "WRN go2rtc.yaml:16: streams.a.user is unknown and has no effect",
                        "WRN go2rtc.yaml:18: oriel.mqtt.hosts is unknown and has no effect",
                        "WRN go2rtc.yaml:19: oriel.access.wan is unknown and has no effect",
                        "WRN go2rtc.yaml:20: oriel.extra is unknown and has no effect");
    }

    @Test
    void notes_areBounded() throws Exception {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            text.append("k").append(i).append(": 1\n");
        }

        assertThat(loadYaml(text.toString()).notes())
                .hasSize(201)
                .last()
                .asString()
                .contains("and 100 more notes");
    }

    @Test
    @Proves("S-081")
    void hassFolder_isTheNamedOne_elseTheAppsOne_elseBesideTheConfiguration() throws Exception {
        assertThat(loadYaml("hass: {config: ha}").hassFolder()).contains(folder.resolve("ha"));
        assertThat(loadYaml("hass: {config: /config}").hassFolder()).contains(Path.of("/config"));
        assertThat(loadYaml("").hassFolder()).isEmpty();
        Files.createDirectories(folder.resolve(".storage"));
        Files.writeString(folder.resolve(".storage/core.config_entries"), "{}");
        assertThat(loadYaml("").hassFolder()).contains(folder);
        assertThat(loadYaml("hass: {config: off}").hassFolder()).isEmpty();
        environment.put("SUPERVISOR_TOKEN", "token");
        assertThat(loadYaml("").hassFolder()).contains(Path.of("/homeassistant"));
        assertThat(loadYaml("hass:\n  config:\n").hassFolder()).contains(Path.of("/homeassistant"));
        assertThat(loadYaml("hass: {config: false}").hassFolder()).isEmpty();
    }
}
