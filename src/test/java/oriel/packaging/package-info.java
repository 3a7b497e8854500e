/** What surrounds the jar: the app's manifest and its translations, the image, the profile, the docs, held against rules and against the program. */
@NullMarked
package oriel.packaging;

import org.jspecify.annotations.NullMarked;
