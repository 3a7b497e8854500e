package oriel.webrtc;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import oriel.base.MalformedException;
import oriel.base.Secret;
import oriel.media.Direction;
import oriel.sdp.MediaSection;
import oriel.sdp.SessionDescription;
import oriel.webrtc.dtls.Fingerprint;

/** Makes an {@link Offer} of an SDP: finds the section that is the transport, and who the viewer says he is. */
final class OfferParser {
    // RFC 8839, 5.4.
    private static final int MIN_UFRAG_CHARS = 4;
    private static final int MIN_PASSWORD_CHARS = 22;
    private static final int MAX_CREDENTIAL_CHARS = 256;
    private static final Pattern ICE_TEXT = Pattern.compile("[A-Za-z0-9+/]+");

    private static final int MAX_MID_CHARS = 64;
    private static final int MAX_CANDIDATE_CHARS = 512;
    private static final int MAX_FINGERPRINTS = 8;

    private final SessionDescription session;
    private final List<MediaSection> media;
    private final List<String> mids;
    private final List<HeaderExtension> sessionExtensions;

    private OfferParser(SessionDescription session) {
        this.session = session;
        this.media = session.media();
        this.mids = media.stream()
                .map(section -> section.attribute("mid").orElse(""))
                .toList();
        this.sessionExtensions = OfferedCodecReader.extensions(session.values("extmap"));
    }

    static Offer parse(String sdp) throws MalformedException {
        return new OfferParser(SessionDescription.parse(sdp)).parse();
    }

    private Offer parse() throws MalformedException {
        if (media.isEmpty()) {
            throw new MalformedException("offer without a section (no m= line)");
        }
        checkMids();
        List<String> bundle = bundle();
        int transport = bundle.isEmpty() ? onlyTransport() : bundledTransport(bundle);
        checkSetup(media.get(transport));
        List<OfferSection> sections = new ArrayList<>();
        for (int index = 0; index < media.size(); index++) {
            boolean bundled = index == transport || bundle.contains(mids.get(index));
            sections.add(section(index, bundled));
        }
        OfferSection carrying = sections.get(transport);
        if (carrying.kind() != OfferSection.Kind.APPLICATION && !carrying.rtcpMux()) {
            throw new MalformedException("offer without a=rtcp-mux; RTP and RTCP must share a port");
        }
        return new Offer(
                credential(transport, "ice-ufrag", MIN_UFRAG_CHARS),
                Secret.of(credential(transport, "ice-pwd", MIN_PASSWORD_CHARS)),
                session.has("ice-lite"),
                fingerprints(transport),
                !bundle.isEmpty(),
                sections,
                transport,
                candidates(),
                session.has("end-of-candidates") || media.stream().anyMatch(m -> m.has("end-of-candidates")));
    }

    private void checkMids() throws MalformedException {
        Set<String> seen = new HashSet<>();
        for (String mid : mids) {
            if (mid.length() > MAX_MID_CHARS) {
                throw new MalformedException("offer with an a=mid of over " + MAX_MID_CHARS + " characters");
            }
            if (!mid.isEmpty() && !seen.add(mid)) {
                throw new MalformedException("offer with the same a=mid twice");
            }
        }
    }

    /** The mids of the first BUNDLE group; empty without one. */
    private List<String> bundle() {
        return session.values("group")
                .map(group -> List.of(group.split("\\s+")))
                .filter(words -> words.size() > 1 && words.getFirst().equals("BUNDLE"))
                .map(words -> words.subList(1, Math.min(words.size(), SessionDescription.MAX_SECTIONS + 1)))
                .findFirst()
                .orElse(List.of());
    }

    private int bundledTransport(List<String> bundle) throws MalformedException {
        for (String mid : bundle) {
            int index = mids.indexOf(mid);
            if (index >= 0 && enabled(media.get(index))) {
                return index;
            }
        }
        throw new MalformedException("offer whose BUNDLE group names no section in use");
    }

    private int onlyTransport() throws MalformedException {
        for (String kind : List.of("video", "audio", "application")) {
            for (int index = 0; index < media.size(); index++) {
                if (media.get(index).media().equals(kind) && enabled(media.get(index))) {
                    return index;
                }
            }
        }
        throw new MalformedException("offer without a section for picture or sound in use");
    }

    // Port 0 switches a section off, unless it only says that it will ride on another's transport (RFC 8843, 6).
    private static boolean enabled(MediaSection section) {
        return section.port() != 0 || section.has("bundle-only");
    }

    private void checkSetup(MediaSection section) throws MalformedException {
        String setup =
                section.attribute("setup").or(() -> session.attribute("setup")).orElse("actpass");
        switch (setup) {
            case "actpass", "active" -> {
                // We are always the passive side.
            }
            case "passive" ->
                throw new MalformedException(
                        "offer with a=setup:passive; the viewer must be the DTLS client (actpass)");
            default -> throw new MalformedException("offer with an a=setup other than actpass or active");
        }
    }

    private OfferSection section(int index, boolean bundled) {
        MediaSection section = media.get(index);
        OfferSection.Kind kind = kind(section);
        boolean rtp = kind == OfferSection.Kind.VIDEO || kind == OfferSection.Kind.AUDIO;
        return new OfferSection(
                index,
                mids.get(index),
                kind,
                section.media(),
                direction(section),
                section.port(),
                section.protocol(),
                section.formats(),
                enabled(section),
                bundled,
                section.has("rtcp-mux"),
                section.has("rtcp-rsize"),
                rtp ? new OfferedCodecReader(section).codecs() : List.of(),
                rtp ? extensions(section) : List.of());
    }

    private List<HeaderExtension> extensions(MediaSection section) {
        List<HeaderExtension> own = OfferedCodecReader.extensions(section.values("extmap"));
        return Stream.concat(own.stream(), sessionExtensions.stream())
                .distinct()
                .toList();
    }

    private static OfferSection.Kind kind(MediaSection section) {
        String protocol = section.protocol();
        boolean srtp = protocol.endsWith("/SAVPF") || protocol.endsWith("/SAVP");
        return switch (section.media()) {
            case "video" -> srtp ? OfferSection.Kind.VIDEO : OfferSection.Kind.OTHER;
            case "audio" -> srtp ? OfferSection.Kind.AUDIO : OfferSection.Kind.OTHER;
            case "application" ->
                protocol.endsWith("DTLS/SCTP") ? OfferSection.Kind.APPLICATION : OfferSection.Kind.OTHER;
            default -> OfferSection.Kind.OTHER;
        };
    }

    // The session's direction holds where a section says none (RFC 8866, 6.7).
    private Direction direction(MediaSection section) {
        boolean said = Stream.of(Direction.values()).anyMatch(d -> section.has(d.word()));
        if (said) {
            return section.direction();
        }
        return Stream.of(Direction.values())
                .filter(d -> session.has(d.word()))
                .findFirst()
                .orElse(Direction.SENDRECV);
    }

    private String credential(int transport, String name, int minChars) throws MalformedException {
        Optional<String> value = media.get(transport).attribute(name).or(() -> session.attribute(name));
        String text = value.orElseThrow(() -> new MalformedException("offer without a=" + name));
        if (text.length() < minChars || text.length() > MAX_CREDENTIAL_CHARS) {
            throw new MalformedException(
                    "offer whose a=" + name + " is not of " + minChars + " to " + MAX_CREDENTIAL_CHARS + " characters");
        }
        if (!ICE_TEXT.matcher(text).matches()) {
            throw new MalformedException("offer whose a=" + name + " has other than letters, digits, + and /");
        }
        return text;
    }

    private List<Fingerprint> fingerprints(int transport) throws MalformedException {
        MediaSection section = media.get(transport);
        List<String> texts = (section.has("fingerprint")
                        ? section.values("fingerprint")
                        : session.values("fingerprint"))
                .limit(MAX_FINGERPRINTS)
                .toList();
        List<Fingerprint> fingerprints = new ArrayList<>();
        MalformedException refusal = new MalformedException("offer without a=fingerprint");
        for (String text : texts) {
            try {
                fingerprints.add(Fingerprint.parse(text));
            } catch (MalformedException e) {
                refusal = new MalformedException("offer with a " + e.reason());
            }
        }
        if (fingerprints.isEmpty()) {
            throw refusal;
        }
        return fingerprints;
    }

    // Home Assistant's frontend of 2024 puts all of them behind the last section, whatever they belong to.
    private List<String> candidates() {
        return Stream.concat(
                        session.values("candidate"), media.stream().flatMap(section -> section.values("candidate")))
                .filter(candidate -> candidate.length() <= MAX_CANDIDATE_CHARS)
                .map(candidate -> "candidate:" + candidate)
                .distinct()
                .limit(Offer.MAX_CANDIDATES)
                .toList();
    }
}
