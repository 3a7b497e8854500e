/**
 * A real browser for tests: {@link oriel.testing.browser.Browser} is Debian's Chromium without a window, driven by
 * Playwright. For one thread.
 */
@NullMarked
package oriel.testing.browser;

import org.jspecify.annotations.NullMarked;
