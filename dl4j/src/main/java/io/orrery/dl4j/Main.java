package io.orrery.dl4j;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.dataset.DataSet;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.lossfunctions.LossFunctions;

/**
 * Training steps of fully connected networks in DL4J, asked for line by line on standard input and answered on standard
 * output: {@code mlp BATCH SIZE SIZE ...} prepares a network and says {@code ready}; {@code run N} does N steps and says
 * {@code done}. It ends with its input.
 */
public final class Main {
    private Main() {}

    /** Serves until standard input ends. */
    public static void main(String[] arguments) throws IOException {
        MultiLayerNetwork network = new MultiLayerNetwork(mlp(new int[] {1, 1}));
        DataSet batch = new DataSet();
        BufferedReader requests = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String line = requests.readLine(); line != null; line = requests.readLine()) {
            String[] words = line.split(" ", -1);
            int[] numbers =
                    Arrays.stream(words).skip(1).mapToInt(Integer::parseInt).toArray();
            switch (words[0]) {
                case "mlp" -> {
                    int[] sizes = Arrays.copyOfRange(numbers, 1, numbers.length);
                    network = new MultiLayerNetwork(mlp(sizes));
                    network.init();
                    batch = new DataSet(
                            Nd4j.randn(DataType.FLOAT, numbers[0], sizes[0]),
                            Nd4j.randn(DataType.FLOAT, numbers[0], sizes[sizes.length - 1]));
                    System.out.println("ready");
                }
                case "run" -> {
                    for (int i = 0; i < numbers[0]; i++) {
                        network.fit(batch);
                    }
                    System.out.println("done");
                }
                default -> throw new IOException("expected mlp or run, found " + line);
            }
        }
    }

    /** Layers without bias, ReLU between, mean square error, momentum and weight decay: what the other sides train. */
    private static MultiLayerConfiguration mlp(int[] sizes) {
        NeuralNetConfiguration.ListBuilder layers = new NeuralNetConfiguration.Builder()
                .seed(1)
                .dataType(DataType.FLOAT)
                .weightInit(WeightInit.RELU)
                .updater(new Nesterovs(0.01, 0.9))
                .l2(1e-4)
                .list();
        for (int i = 1; i < sizes.length - 1; i++) {
            layers.layer(new DenseLayer.Builder()
                    .nIn(sizes[i - 1])
                    .nOut(sizes[i])
                    .hasBias(false)
                    .activation(Activation.RELU)
                    .build());
        }
        return layers.layer(new OutputLayer.Builder(LossFunctions.LossFunction.MSE)
                        .nIn(sizes[Math.max(0, sizes.length - 2)])
                        .nOut(sizes[sizes.length - 1])
                        .hasBias(false)
                        .activation(Activation.IDENTITY)
                        .build())
                .build();
    }
}
