/** Loops over numbers. Float classes are kept by hand, their Double twins are generated at build time. */
@NullMarked
package io.orrery.engine.kernel;

import org.jspecify.annotations.NullMarked;
