package io.orrery.lab.recomputed;

import io.orrery.lab.data.set.Split;
import io.orrery.lab.data.set.SplitName;
import java.util.HashMap;
import java.util.Map;

/** Loss, accuracy and agreement of the networks that stand among the settings of the rule, each on whole splits. */
final class NetworksRecomputed implements Recomputation {
    @Override
    public String instrument() {
        return "networks";
    }

    @Override
    public void expect(Moment moment, Expected expected) {
        moment.spec.rule().models().forEach((key, model) -> {
            String role = key.substring(key.indexOf('.') + 1);
            Map<String, double[]> arrays = new HashMap<>();
            moment.names().stream()
                    .filter(name -> name.startsWith(role + "/"))
                    .forEach(name -> arrays.put(name.substring(role.length() + 1), moment.array(name)));
            PlainNetwork network = new PlainNetwork(model, moment.data.exampleShape(), moment.loss.outputs(), arrays);
            for (SplitName name : SplitName.values()) {
                moment.data.split(name).ifPresent(split -> expect(moment, network, role, name, split, expected));
            }
        });
    }

    private static void expect(
            Moment moment, PlainNetwork network, String role, SplitName name, Split split, Expected expected) {
        double loss = 0;
        double right = 0;
        double agreed = 0;
        for (int row = 0; row < split.count(); row++) {
            Signal outputs = network.apply(moment.example(split, row)).outputs();
            double[] own =
                    moment.now.apply(moment.example(split, row)).outputs().value();
            loss += moment.loss.of(outputs, split.targets(), row).value();
            right += moment.loss.answered(outputs.value(), split.targets(), row)[1];
            agreed += largest(outputs.value()) == largest(own) ? 1 : 0;
        }
        expected.number("loss", role, name.text(), loss / split.count());
        expected.number("accuracy", role, name.text(), right / split.count());
        expected.number("agreement", role, name.text(), agreed / split.count());
    }

    private static int largest(double[] values) {
        int best = values.length - 1;
        for (int k = best; k >= 0; k--) {
            best = values[k] >= values[best] ? k : best;
        }
        return best;
    }
}
