package io.orrery.lab.claim;

import io.orrery.lab.judge.Kind;
import java.util.List;
import java.util.Optional;

/**
 * What people read of a claim.
 *
 * @param id names it on the command line, in lower case with hyphens
 * @param statement the prediction in one sentence, in our words
 * @param literature what the source says, with its numbers where it has any
 * @param source author, year and title or address
 * @param predictions the numbers of the project's core theory, such as P12 and P12b
 * @param kind what sort of statement it is; identities are counted apart
 * @param why one or two sentences for a newcomer: the mechanism
 * @param control what the negative control is and why the effect must be absent there
 * @param assumptions what was assumed or chosen, shown on the page
 * @param free spec keys or blocks that a user may change without altering the question, such as data or model.widths
 * @param ownData why {@code --set data} is refused; empty if the claim can be asked of other data
 * @param instruments the instruments whose measurements it is judged on
 * @param pilot what pilot seeds, never judged, gave by quantity
 * @param quickSeconds measured on two cores at scale quick, for the table
 * @param limits the thresholds with where they come from
 * @param causes what brings the effect about, and how each is taken away
 * @param refutedBy which outcome would refute it
 * @param seenRefuted where such an outcome was seen to happen: arm, seeds, figures; empty if it was not yet
 * @param sourceRead whether the source itself was read, or only what others say of it
 */
public record Card(
        String id,
        String statement,
        String literature,
        String source,
        List<String> predictions,
        Kind kind,
        String why,
        String control,
        List<String> assumptions,
        List<String> free,
        Optional<String> ownData,
        List<String> instruments,
        List<Pilot> pilot,
        double quickSeconds,
        List<Limit> limits,
        List<Cause> causes,
        String refutedBy,
        String seenRefuted,
        boolean sourceRead) {

    /**
     * What the pilot seeds gave for one quantity that the judge uses.
     *
     * @param quantity in the words of the claim's finding
     * @param mean over the pilot seeds; of the logarithm if the finding works on logarithms
     * @param deviation sample deviation over the pilot seeds, in the same units
     * @param seeds how many
     * @param which as 3001-3010
     */
    public record Pilot(String quantity, double mean, double deviation, int seeds, String which) {}

    /** The source with what is to be said of it if it was not read. */
    public String sourceText() {
        return sourceRead ? source : source + " (source not read)";
    }

    /** Copies the lists. */
    public Card {
        predictions = List.copyOf(predictions);
        assumptions = List.copyOf(assumptions);
        free = List.copyOf(free);
        instruments = List.copyOf(instruments);
        pilot = List.copyOf(pilot);
        limits = List.copyOf(limits);
        causes = List.copyOf(causes);
    }
}
