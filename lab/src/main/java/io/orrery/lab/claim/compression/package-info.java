/** Claims on small networks that do the work of large ones. One file each. */
@NullMarked
package io.orrery.lab.claim.compression;

import org.jspecify.annotations.NullMarked;
