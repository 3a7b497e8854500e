package oriel.base;

import java.time.Duration;

/**
 * Why a camera is not live, in the words that the API, MQTT, the page and the log share ({@link #code()} and
 * {@link #sentence()}). A sentence says what is the case and what to do about it, and never holds a secret.
 */
public sealed interface Failure {
    /** The word for it: {@code refused timeout no-route dns unauthorized not-found tls protocol silent audio-only codec unsupported server}. */
    String code();

    /** One or two plain sentences for the owner. */
    String sentence();

    /** The host is there and refuses the port. */
    record Refused(String host, int port) implements Failure {
        @Override
        public String code() {
            return "refused";
        }

        @Override
        public String sentence() {
            return host + " is there but refuses port " + port + ". Is RTSP or ONVIF switched on in the camera?";
        }
    }

    /** Nothing came in time. */
    record Timeout(String host, Duration waited) implements Failure {
        @Override
        public String code() {
            return "timeout";
        }

        @Override
        public String sentence() {
            return "No answer from " + host + " in " + seconds(waited) + ". Check its power and cable.";
        }
    }

    /** This machine has no way to the host's network. */
    record NoRoute(String host) implements Failure {
        @Override
        public String code() {
            return "no-route";
        }

        @Override
        public String sentence() {
            return "Oriel has no way to " + host + ". Is it in another network or VLAN?";
        }
    }

    /** The name has no address here. */
    record Dns(String host) implements Failure {
        @Override
        public String code() {
            return "dns";
        }

        @Override
        public String sentence() {
            return "The name " + host + " is unknown here. Use the IP address.";
        }
    }

    /** The camera does not accept the user, who may be empty. */
    record Unauthorized(String user) implements Failure {
        @Override
        public String code() {
            return "unauthorized";
        }

        @Override
        public String sentence() {
            return user.isEmpty()
                    ? "The camera asks for a user and a password, and its address has none."
                    : "The camera does not accept the user " + user
                            + " with this password. Oriel waits longer between tries, so as not to lock the account.";
        }
    }

    /** The camera has nothing at this path. */
    record NotFound(String path) implements Failure {
        @Override
        public String code() {
            return "not-found";
        }

        @Override
        public String sentence() {
            return "The camera has no stream at " + path + ". Check the path in its address.";
        }
    }

    /** Its certificate is not trusted, or the handshake failed. */
    record Tls(String why) implements Failure {
        @Override
        public String code() {
            return "tls";
        }

        @Override
        public String sentence() {
            return "The camera's certificate is not trusted: " + why;
        }
    }

    /** The other side closed before an answer, or said something unreadable. */
    record Protocol(String detail) implements Failure {
        @Override
        public String code() {
            return "protocol";
        }

        @Override
        public String sentence() {
            return "The camera gave an odd answer: " + detail;
        }
    }

    /** A fault of our own; no camera is to blame. */
    record Server(String detail) implements Failure {
        @Override
        public String code() {
            return "server";
        }

        @Override
        public String sentence() {
            return "Not the camera, Oriel has a problem: " + detail;
        }
    }

    /** Connected, and no packet came. */
    record Silent(Duration waited) implements Failure {
        @Override
        public String code() {
            return "silent";
        }

        @Override
        public String sentence() {
            return "Connected, but nothing came for " + seconds(waited) + ". Restart the camera if this repeats.";
        }
    }

    /** Sound came and no picture, although the camera announced one. */
    record AudioOnly(Duration waited) implements Failure {
        @Override
        public String code() {
            return "audio-only";
        }

        @Override
        public String sentence() {
            return "Connected, but only sound came for " + seconds(waited) + ". Restart the camera if this repeats.";
        }
    }

    /** The camera plays, and not in a way that any viewer here could use. */
    record CodecMismatch(String detail) implements Failure {
        @Override
        public String code() {
            return "codec";
        }

        @Override
        public String sentence() {
            return detail;
        }
    }

    /** A kind of source that this version does not speak. */
    record Unsupported(String detail) implements Failure {
        @Override
        public String code() {
            return "unsupported";
        }

        @Override
        public String sentence() {
            return detail;
        }
    }

    private static String seconds(Duration duration) {
        long tenths = Math.round(duration.toMillis() / 100.0);
        return tenths % 10 == 0 ? tenths / 10 + " s" : tenths / 10 + "." + tenths % 10 + " s";
    }
}
