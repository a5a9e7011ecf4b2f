/** What generated sources are made of: strokes of handwriting, sequences of tokens. */
@NullMarked
package io.orrery.lab.data.generated;

import org.jspecify.annotations.NullMarked;
