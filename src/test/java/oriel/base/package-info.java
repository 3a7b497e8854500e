/** Tests of what everybody says. */
@NullMarked
package oriel.base;

import org.jspecify.annotations.NullMarked;
