/**
 * What the owner wrote: go2rtc's file read as it is, with our own section {@code oriel}, as immutable records. Enter by
 * {@link oriel.config.ConfigLoader}, which gives a {@link oriel.config.LoadedConfig} or all that is wrong at once. YAML is
 * composed to SnakeYAML's nodes and each scalar's raw text is read by the type it is meant for: {@code on}, {@code no},
 * {@code 0123} and {@code 12:30} stay text in names and passwords. The only package that sees SnakeYAML. {@link
 * oriel.config.ConfigReload} reads it again, {@link oriel.config.MovingIn} brings one of go2rtc's in. No thread, no clock;
 * files are read while loading or when somebody asks to move in, and written only then. Imports base.
 */
@NullMarked
package oriel.config;

import org.jspecify.annotations.NullMarked;
