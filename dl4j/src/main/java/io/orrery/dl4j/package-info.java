/** DL4J doing what the bench asks for. */
@NullMarked
package io.orrery.dl4j;

import org.jspecify.annotations.NullMarked;
