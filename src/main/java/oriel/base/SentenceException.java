package oriel.base;

/** What was asked for is not to be had. The message is a sentence for who asked, without secrets. */
public abstract class SentenceException extends Exception {
    private static final long serialVersionUID = 1;

    private final String sentence;

    protected SentenceException(String sentence) {
        super(sentence);
        this.sentence = sentence;
    }

    protected SentenceException(String sentence, Throwable cause) {
        super(sentence, cause);
        this.sentence = sentence;
    }

    /** For who asked; the message. */
    public final String sentence() {
        return sentence;
    }
}
