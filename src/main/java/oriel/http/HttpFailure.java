package oriel.http;

import java.io.IOException;

/** A peer gave no answer that could be used. Carries the reason in our words: nothing that the peer sent is in it. */
public final class HttpFailure extends IOException {
    private static final long serialVersionUID = 1;

    /** Why there is no answer. */
    public enum Reason {
        /** Nobody is there, or the connection broke. */
        UNREACHABLE("does not answer"),
        /** It takes too long. */
        TIMEOUT("takes too long to answer"),
        /** More than the bounds allow. */
        TOO_LARGE("answers with more than it may"),
        /** It sends us to another place, where we do not go. */
        REDIRECTED("sends us elsewhere, where Oriel does not follow"),
        /** Not HTTP, or not what was agreed on. */
        MALFORMED("answers in a way that makes no sense");

        private final String words;

        Reason(String words) {
            this.words = words;
        }

        /** As the end of a sentence: {@code takes too long to answer}. */
        public String words() {
            return words;
        }
    }

    private final Reason reason;

    public HttpFailure(Reason reason) {
        super(reason.words());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }
}
