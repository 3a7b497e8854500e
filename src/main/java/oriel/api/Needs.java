package oriel.api;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import oriel.access.Right;
import oriel.access.TokenUse;

/**
 * What a route asks of whoever uses it; {@link AccessFilter} sees to it. A route without it keeps Oriel from starting. On a
 * class it stands for all methods that say nothing themselves.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@interface Needs {
    /** Which right. */
    Right value();

    /** Where the stream is named that must be there for them. */
    StreamIn stream();

    /** What the token of a link is good for here. */
    TokenUse token() default TokenUse.NONE;

    /** Whether it is a part of our page: open while that is ours, for who is known once it is the owner's own. */
    boolean page() default false;
}
