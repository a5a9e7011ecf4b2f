/** Claims on attention and transformers. */
@NullMarked
package io.orrery.lab.claim.transformer;

import org.jspecify.annotations.NullMarked;
