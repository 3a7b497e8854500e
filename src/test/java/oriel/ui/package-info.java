/** The page itself: its words and colours, and how it behaves in a real browser before a whole Oriel. */
@NullMarked
package oriel.ui;

import org.jspecify.annotations.NullMarked;
