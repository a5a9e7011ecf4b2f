/** The pages of benchmarks. */
@NullMarked
package io.orrery.app.report.bench;

import org.jspecify.annotations.NullMarked;
