@NullMarked
package oriel;

import org.jspecify.annotations.NullMarked;
