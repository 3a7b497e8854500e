package oriel.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Facts about the machine and the build, as the report names them. */
final class Machine {
    private Machine() {}

    static Map<String, String> facts(String command, String revision) throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("date", LocalDate.now().toString());
        facts.put("revision", revision);
        facts.put("command", command);
        facts.put("cores", Integer.toString(Runtime.getRuntime().availableProcessors()));
        facts.put("processor", line(Path.of("/proc/cpuinfo"), "model name").orElse(System.getProperty("os.arch")));
        facts.put("memory", memory());
        facts.put("system", system());
        facts.put("jdk", System.getProperty("java.vendor.version") + " (" + Runtime.version() + ")");
        facts.put("flags", String.join(" ", JavaChild.FLAGS));
        facts.put("load", Files.readString(Path.of("/proc/loadavg")).split(" ", 2)[0]);
        return facts;
    }

    private static String memory() throws IOException {
        String kilobytes =
                line(Path.of("/proc/meminfo"), "MemTotal").orElse("0 kB").split(" ", 2)[0];
        return Math.round(Long.parseLong(kilobytes) / 1024.0 / 1024.0) + " GiB";
    }

    private static String system() throws IOException {
        String name = line(Path.of("/etc/os-release"), "PRETTY_NAME")
                .map(text -> text.replace("\"", ""))
                .orElse(System.getProperty("os.name"));
        return name + ", Linux " + System.getProperty("os.version") + ", " + System.getProperty("os.arch");
    }

    private static Optional<String> line(Path file, String name) throws IOException {
        List<String> lines = Files.readAllLines(file);
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .map(line -> line.substring(name.length()).replaceFirst("^\\s*[:=]\\s*", ""))
                .findFirst();
    }
}
