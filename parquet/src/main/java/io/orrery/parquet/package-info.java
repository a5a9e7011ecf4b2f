/** Measurements as Parquet, written by DuckDB. */
@NullMarked
package io.orrery.parquet;

import org.jspecify.annotations.NullMarked;
