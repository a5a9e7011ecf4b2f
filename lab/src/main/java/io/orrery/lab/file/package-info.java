/** Files that survive crashes, and tensors in them. */
@NullMarked
package io.orrery.lab.file;

import org.jspecify.annotations.NullMarked;
