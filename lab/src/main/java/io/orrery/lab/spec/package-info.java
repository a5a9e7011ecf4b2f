/** Reading, checking and resolving specs: YAML in, records out, errors with file and line. */
@NullMarked
package io.orrery.lab.spec;

import org.jspecify.annotations.NullMarked;
