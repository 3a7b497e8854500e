/**
 * Which streams exist, and why: from the file, added over the API, imported from Home
 * Assistant, the demo while there is nothing else. {@link
 * oriel.catalog.Catalog} keeps names apart, remembers what was added, and tells the hub. Never sees HTTP. Imports stream,
 * state, config and base.
 */
@NullMarked
package oriel.catalog;

import org.jspecify.annotations.NullMarked;
