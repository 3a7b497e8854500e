/** Tests of sign-in. */
@NullMarked
package oriel.http;

import org.jspecify.annotations.NullMarked;
