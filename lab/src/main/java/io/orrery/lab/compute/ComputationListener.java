package io.orrery.lab.compute;

/** Told what is computed. Called from the threads that compute: implementations synchronize on their own. */
public interface ComputationListener {
    /** An evaluation begins. */
    default void computing(Evaluation evaluation) {}

    /** Something the user should know of one that goes on, such as a damaged file. */
    default void noted(Evaluation evaluation, String note) {}

    /** One ended and is kept in the lab book. */
    default void computed(Evaluation evaluation, double seconds) {}

    /** One could not be computed; others go on. */
    default void failed(Evaluation evaluation, RuntimeException reason) {}
}
