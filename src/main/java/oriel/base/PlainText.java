package oriel.base;

/** Which characters may stand in a line that people read. */
public final class PlainText {
    private PlainText() {}

    /** False for what would break or bend a line: control characters, those that turn the direction of writing, halves. */
    public static boolean isPlain(int codePoint) {
        int type = Character.getType(codePoint);
        return type != Character.CONTROL
                && type != Character.FORMAT
                && type != Character.SURROGATE
                && type != Character.LINE_SEPARATOR
                && type != Character.PARAGRAPH_SEPARATOR;
    }
}
