/** YAML in, records out, errors with file and line: binds any record, and knows none. */
@NullMarked
package io.orrery.lab.spec;

import org.jspecify.annotations.NullMarked;
