package oriel;

import java.util.ArrayList;
import java.util.List;

/** What the command line asks for. */
sealed interface Arguments {
    /** How to call Oriel. */
    String USAGE = """
            Usage: oriel [-c CONFIG]... [-v] [-h]

              -c, --config CONFIG   a file, YAML or JSON in braces, or key.path=value; may be repeated, what comes later
                                    wins; without any: go2rtc.yaml, else go2rtc.yml, in the working directory
              -v, --version         print version and platform, and end
              -h, --help            print this, and end
            """;

    /**
     * Run.
     *
     * @param configs what stood behind each {@code -c}, in order
     */
    record Run(List<String> configs) implements Arguments {
        public Run {
            configs = List.copyOf(configs);
        }
    }

    /** Print the version and end with 0. */
    record ShowVersion() implements Arguments {}

    /** Print {@link #USAGE} and end with 0. */
    record ShowHelp() implements Arguments {}

    /**
     * Print what is wrong and end with 2.
     *
     * @param line for standard error
     */
    record Wrong(String line) implements Arguments {}

    /** Reads the command line. Options may have one dash or two, and their value behind {@code =} as well. */
    static Arguments parse(List<String> words) {
        List<String> configs = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            String word = words.get(i);
            int equals = word.startsWith("-") ? word.indexOf('=') : -1;
            String option = equals < 0 ? word : word.substring(0, equals);
            switch (option) {
                case "-c", "--c", "-config", "--config" -> {
                    if (equals < 0 && i + 1 == words.size()) {
                        return wrong(option + " needs a file, a text in braces, or key.path=value");
                    }
                    configs.add(equals < 0 ? words.get(++i) : word.substring(equals + 1));
                }
                case "-v", "-version", "--version" -> {
                    return new ShowVersion();
                }
                case "-h", "-help", "--help" -> {
                    return new ShowHelp();
                }
                default -> {
                    return wrong("unknown argument " + printable(option));
                }
            }
        }
        return new Run(configs);
    }

    private static Wrong wrong(String what) {
        return new Wrong("oriel: " + what + ". Usage: oriel [-c CONFIG]... [-v] [-h]");
    }

    private static String printable(String text) {
        return text.codePoints()
                .limit(80)
                .map(c -> Character.isISOControl(c) ? '?' : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }
}
