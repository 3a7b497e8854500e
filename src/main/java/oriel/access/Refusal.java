package oriel.access;

/**
 * Why something is not done.
 *
 * @param status as in HTTP: 400, 403 or 421
 * @param sentence for the one who asked: the rule and the next step, without anything of the request that was not
 *     checked
 */
public record Refusal(int status, String sentence) {}
