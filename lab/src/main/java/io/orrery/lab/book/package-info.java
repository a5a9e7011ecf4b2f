/** The lab book: runs, measurements, checkpoints and digests on disk. */
@NullMarked
package io.orrery.lab.book;

import org.jspecify.annotations.NullMarked;
