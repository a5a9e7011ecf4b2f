/** Text forms without a library: JSON, YAML written from it, names nearest to a misspelt one. */
@NullMarked
package io.orrery.lab.text;

import org.jspecify.annotations.NullMarked;
