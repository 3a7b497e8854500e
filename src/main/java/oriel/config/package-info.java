/**
 * What the owner wrote: go2rtc's file read as it is, with our own section {@code oriel}, as immutable records. Enter by
 * {@link oriel.config.ConfigLoader}, which gives a {@link oriel.config.LoadedConfig} or all that is wrong at once. YAML is
 * composed to SnakeYAML's nodes and each scalar's raw text is read by the type it is meant for: {@code on}, {@code no},
 * {@code 0123} and {@code 12:30} stay text in names and passwords. The only package that sees SnakeYAML. No thread, no
 * clock; files are read while loading and at no other time. Imports base.
 */
@NullMarked
package oriel.config;

import org.jspecify.annotations.NullMarked;
