package io.orrery.lab;

/**
 * Something that the user can put right: the message says what was expected, what was found, where, and what to do. It is
 * shown without a stack trace.
 */
public final class UserError extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** An error with a message for people. */
    public UserError(String message) {
        super(message);
    }

    /** An error with a message for people and its cause for {@code --debug}. */
    public UserError(String message, Throwable cause) {
        super(message, cause);
    }
}
