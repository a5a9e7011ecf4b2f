/** The pages of claims. */
@NullMarked
package io.orrery.app.report.claim;

import org.jspecify.annotations.NullMarked;
