package oriel.config;

import java.util.List;

/**
 * What works of a configuration of go2rtc's, key by key, for somebody who thinks of moving in.
 *
 * @param frigate whether it is the block {@code go2rtc} of a configuration of Frigate's
 * @param usable whether Oriel would start with it
 * @param rows in the order of the text
 */
public record ConfigReview(boolean frigate, boolean usable, List<Row> rows) {
    public ConfigReview {
        rows = List.copyOf(rows);
    }

    /** How much of it works. */
    public enum Works {
        YES,
        PARTLY,
        NO;

        /** As the API says it: {@code yes}. */
        public String word() {
            return switch (this) {
                case YES -> "yes";
                case PARTLY -> "partly";
                case NO -> "no";
            };
        }
    }

    /**
     * One key or stream.
     *
     * @param key with dots, as in {@code api.listen} or {@code streams.garden}; empty for the text as a whole
     * @param works how much of it
     * @param why what does not, and what to do, in sentences without secrets; what there is to know, if all works; may be
     *     empty
     */
    public record Row(String key, Works works, String why) {}
}
