/**
 * The built-in demo camera, source {@code demo:}: its pictures and sounds come from the media worker. Enter by {@link
 * oriel.source.demo.DemoSourceFactory}. Imports stream, worker, media, net and base.
 */
@NullMarked
package oriel.source.demo;

import org.jspecify.annotations.NullMarked;
