package io.orrery.lab.claim;

import io.orrery.lab.judge.Kind;
import io.orrery.lab.judge.statistics.Threshold;
import io.orrery.lab.setup.SeedList;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A {@link Card} on its way: names each part where a claim states it. */
public final class CardDraft {
    private final String id;
    private final Kind kind;
    private final List<String> predictions;
    private final List<String> assumptions = new ArrayList<>();
    private final List<Card.Pilot> pilot = new ArrayList<>();
    private String statement = "";
    private String literature = "";
    private String source = "";
    private String why = "";
    private String control = "";
    private List<String> free = List.of();
    private Optional<String> ownData = Optional.empty();
    private List<String> instruments = List.of();
    private final List<Limit> limits = new ArrayList<>();
    private final List<Cause> causes = new ArrayList<>();
    private String refutedBy = "";
    private String seenRefuted = "";
    private boolean sourceRead = true;

    /** A claim by its id and kind, and the numbers of the core theory's predictions that it decides. */
    public CardDraft(String id, Kind kind, String... predictions) {
        this.id = id;
        this.kind = kind;
        this.predictions = List.of(predictions);
    }

    /** The prediction in one sentence. */
    public CardDraft states(String sentence) {
        statement = sentence;
        return this;
    }

    /** Author, year and title or address. */
    public CardDraft source(String citation) {
        source = citation;
        return this;
    }

    /** What the source says, with its numbers. */
    public CardDraft literature(String sentence) {
        literature = sentence;
        return this;
    }

    /** The mechanism, for a newcomer. */
    public CardDraft because(String sentences) {
        why = sentences;
        return this;
    }

    /** What the negative control is and why the effect must be absent there. */
    public CardDraft control(String sentences) {
        control = sentences;
        return this;
    }

    /** Something that was assumed or chosen. */
    public CardDraft assuming(String sentence) {
        assumptions.add(sentence);
        return this;
    }

    /** Spec keys or blocks that a user may change without altering the question. */
    public CardDraft free(String... keys) {
        free = List.of(keys);
        return this;
    }

    /** Why {@code --set data} is refused. */
    public CardDraft needsItsOwnData(String reason) {
        ownData = Optional.of(reason);
        return this;
    }

    /** The instruments whose measurements it is judged on. */
    public CardDraft reads(String... names) {
        instruments = List.of(names);
        return this;
    }

    /** What the ten first pilot seeds (1000 to 1009) gave, of the calibration that is now replaced. */
    public CardDraft pilot(String quantity, double mean, double deviation) {
        pilot.add(new Card.Pilot(quantity, mean, deviation, 10, "1000-1009"));
        return this;
    }

    /** What pilot seeds gave for a quantity, such as the seeds {@code 3001-3010}: see {@link Card.Pilot}. */
    public CardDraft pilot(String quantity, double mean, double deviation, String seeds) {
        pilot.add(new Card.Pilot(
                quantity,
                mean,
                deviation,
                SeedList.parse(seeds, "pilot seeds: ").size(),
                seeds));
        return this;
    }

    /**
     * A threshold and where it comes from.
     *
     * @param quantity in the words of the finding
     * @param history former values and why each was left, oldest first
     */
    public CardDraft limit(String quantity, Threshold threshold, Provenance provenance, String... history) {
        limits.add(new Limit(quantity, threshold, provenance, List.of(history)));
        return this;
    }

    /** A cause, and the assignments that take it away together: {@code cause("weight decay", "decay.lambda=0")}. */
    public CardDraft cause(String name, String... removal) {
        causes.add(new Cause(name, List.of(removal)));
        return this;
    }

    /** Which outcome would refute it. */
    public CardDraft refutedBy(String outcome) {
        refutedBy = outcome;
        return this;
    }

    /** Where such an outcome was seen to happen: arm, seeds, figures. */
    public CardDraft seenRefuted(String where) {
        seenRefuted = where;
        return this;
    }

    /** Only what others say of the source was read; pages say so. */
    public CardDraft sourceNotRead() {
        sourceRead = false;
        return this;
    }

    /** The card, with the seconds measured on two cores at scale quick. */
    public Card quickSeconds(double seconds) {
        return new Card(
                id,
                statement,
                literature,
                source,
                predictions,
                kind,
                why,
                control,
                assumptions,
                free,
                ownData,
                instruments,
                pilot,
                seconds,
                limits,
                causes,
                refutedBy,
                seenRefuted,
                sourceRead);
    }
}
