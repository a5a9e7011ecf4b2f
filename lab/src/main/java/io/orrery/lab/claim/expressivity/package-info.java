/** Claims on what networks can express, and into how many linear pieces they cut their inputs. */
@NullMarked
package io.orrery.lab.claim.expressivity;

import org.jspecify.annotations.NullMarked;
