/** How files of data are found, opened, unpacked and read, and the ledger of what was found in them. */
@NullMarked
package io.orrery.lab.data.file;

import org.jspecify.annotations.NullMarked;
