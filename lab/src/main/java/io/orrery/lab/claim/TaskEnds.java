package io.orrery.lab.claim;

import java.util.Arrays;
import java.util.stream.IntStream;

/** What an arm measured at the end of each of its tasks. */
public final class TaskEnds {
    private TaskEnds() {}

    /**
     * A series at the ends of tasks.
     *
     * @param arm of runs with several tasks, each of {@code stop.steps} steps
     * @return [seed][task], NaN where a run has no look at exactly that step
     * @throws IllegalStateException if the tasks are counted in epochs
     */
    public static double[][] of(ArmRuns arm, String series) {
        long each = arm.spec()
                .stop()
                .steps()
                .orElseThrow(() -> new IllegalStateException(
                        "ends of tasks are known where stop.steps counts them, found epochs"));
        ArmRuns.Course course = arm.course(series);
        int tasks = (int) (Arrays.stream(course.steps()).max().orElse(0) / each);
        return IntStream.range(0, arm.count())
                .mapToObj(seed -> IntStream.rangeClosed(1, tasks)
                        .mapToDouble(task -> {
                            int look = Arrays.binarySearch(course.steps(), task * each);
                            return look < 0 ? Double.NaN : course.values()[seed][look];
                        })
                        .toArray())
                .toArray(double[][]::new);
    }
}
