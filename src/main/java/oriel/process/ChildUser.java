package oriel.process;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The system's user that children run as, so that what a camera's bytes make of them can neither read our secrets nor
 * signal us. Whoever starts us as root names it in {@value #VARIABLE}; util-linux's {@code setpriv} steps down to it, for
 * good: no program that it starts gains rights again.
 *
 * @param uid user's number, 1 or more
 * @param gid number of the user's own group, 1 or more
 * @param groups numbers of further groups, such as those of the devices that children may open; at most
 *     {@value #MAX_GROUPS}
 */
public record ChildUser(int uid, int gid, List<Integer> groups) {
    /** {@code uid:gid} and further groups after commas: {@code 200:200,44,29}. */
    public static final String VARIABLE = "ORIEL_CHILD_USER";

    private static final int MAX_GROUPS = 32;
    private static final Pattern FORM = Pattern.compile("([1-9]\\d{0,8}):([1-9]\\d{0,8}(?:,[1-9]\\d{0,8})*)");

    public ChildUser {
        groups = List.copyOf(groups);
        if (uid < 1 || gid < 1 || groups.size() > MAX_GROUPS) {
            throw new IllegalArgumentException("no user for children: " + uid + ":" + gid + " and " + groups);
        }
    }

    /**
     * The one that the environment names; empty if it names none, and children are what we are.
     *
     * @throws IllegalArgumentException if what it names is none
     */
    public static Optional<ChildUser> of(Map<String, String> environment) {
        String text = environment.getOrDefault(VARIABLE, "");
        if (text.isEmpty()) {
            return Optional.empty();
        }
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(VARIABLE + " is not uid:gid and further groups after commas");
        }
        List<Integer> groups = Pattern.compile(",")
                .splitAsStream(matcher.group(2))
                .map(Integer::valueOf)
                .toList();
        return Optional.of(
                new ChildUser(Integer.parseInt(matcher.group(1)), groups.getFirst(), groups.subList(1, groups.size())));
    }

    /** The command that becomes this user and then {@code argv}, in the same process. */
    List<String> command(List<String> argv) {
        List<String> all = new ArrayList<>(
                List.of("setpriv", "--reuid=" + uid, "--regid=" + gid, groupsOption(), "--no-new-privs", "--"));
        all.addAll(argv);
        return all;
    }

    private String groupsOption() {
        return groups.isEmpty()
                ? "--clear-groups"
                : groups.stream().map(String::valueOf).collect(Collectors.joining(",", "--groups=", ""));
    }
}
