package io.orrery.lab.book.verdict;

import io.orrery.lab.text.Json;
import java.util.List;

/**
 * One finding of a verdict as the lab book keeps it.
 *
 * @param name its label
 * @param control empty, or what it shows as the negative control of a finding of that label
 * @param kind effect, trend, bound or identity
 * @param outcome supported, refuted or inconclusive
 * @param effect its estimate, NaN if there is none
 * @param low lower end of its interval, NaN if there is none
 * @param high upper end of its interval, NaN if there is none
 * @param predictedLow from where the effect was predicted to lie; negative infinity if there is no lower limit
 * @param predictedHigh up to where; infinity if there is no upper limit
 * @param samples how many seeds or settings gave a number
 * @param prediction the prediction in one sentence
 * @param explanation what was found in plain words
 */
public record BookedFinding(
        String name,
        String control,
        String kind,
        String outcome,
        double effect,
        double low,
        double high,
        double predictedLow,
        double predictedHigh,
        int samples,
        String prediction,
        String explanation) {

    Json json() {
        return Json.object()
                .put("name", name)
                .put("control", control)
                .put("kind", kind)
                .put("outcome", outcome)
                .put("effect", effect)
                .put("interval", Json.array(List.of(Json.number(low), Json.number(high))))
                .put("predicted", Json.array(List.of(Json.number(predictedLow), Json.number(predictedHigh))))
                .put("samples", samples)
                .put("prediction", prediction)
                .put("explanation", explanation);
    }

    static BookedFinding of(Json json) {
        Json.Fields fields = Booked.object(json, "a finding");
        List<Json> interval = Booked.pair(fields, "interval");
        List<Json> predicted = Booked.pair(fields, "predicted");
        return new BookedFinding(
                Booked.text(fields, "name"),
                Booked.text(fields, "control"),
                Booked.text(fields, "kind"),
                Booked.text(fields, "outcome"),
                Booked.number(fields, "effect"),
                Booked.number(interval.get(0)),
                Booked.number(interval.get(1)),
                Booked.limit(predicted.get(0), Double.NEGATIVE_INFINITY),
                Booked.limit(predicted.get(1), Double.POSITIVE_INFINITY),
                (int) Booked.number(fields, "samples"),
                Booked.text(fields, "prediction"),
                Booked.text(fields, "explanation"));
    }
}
