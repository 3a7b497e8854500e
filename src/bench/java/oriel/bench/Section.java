package oriel.bench;

import java.util.List;

/**
 * What one part has measured.
 *
 * @param id its place in the template
 * @param figures its table
 * @param missing why there are none; empty if there are
 */
record Section(String id, List<Figure> figures, String missing) {
    Section {
        figures = List.copyOf(figures);
    }

    static Section of(String id, List<Figure> figures) {
        return new Section(id, figures, "");
    }

    static Section missing(String id, String why) {
        return new Section(id, List.of(), why);
    }
}
