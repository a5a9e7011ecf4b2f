/** What kernel methods and their relatives are expected to do: risks and learned Gram matrices. */
@NullMarked
package io.orrery.lab.theory.kernel;

import org.jspecify.annotations.NullMarked;
