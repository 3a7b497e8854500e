package oriel.access;

/**
 * Why something is not done.
 *
 * @param status as in HTTP: 400, 401, 403, 421, 429 or 503
 * @param sentence for the one who asked: the rule and the next step, without anything of the request that was not
 *     checked
 * @param retrySeconds when to come again; 0 if that does not help
 */
public record Refusal(int status, String sentence, int retrySeconds) {
    public Refusal(int status, String sentence) {
        this(status, sentence, 0);
    }

    /** The word for it, in which pages say it in the reader's language. */
    public String code() {
        return switch (status) {
            case 400 -> "refused-source";
            case 401 -> "sign-in";
            case 421 -> "host";
            case 429 -> "slow-down";
            case 503 -> "server";
            default -> "no-permission";
        };
    }

    /** Whether a login would help. */
    public boolean asksForLogin() {
        return status == 401;
    }
}
