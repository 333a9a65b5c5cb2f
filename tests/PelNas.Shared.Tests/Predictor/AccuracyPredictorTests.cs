namespace PelNas.Shared.Tests.Predictor;

public class AccuracyPredictorTests
{
    private static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();
    private static readonly FunctionTable Functions = FunctionTable.Create(
        Tables.Space, TrainingFreeScores.Of(Tables, DatasetShape.Of("cifar10")));

    [Fact]
    public void Too_few_labels_give_no_predictor()
        => Train(Labels("cifar10", 400, seed: 1).Where(label => Tables.Space.IsConnected(label.Index))
            .Take(AccuracyPredictor.MinLabels - 1)).ShouldBeNull();

    [Theory]
    [InlineData("cifar10", 30, 5, 0.90)]
    [InlineData("cifar10", 100, 5, 0.965)]
    [InlineData("cifar10", 400, 5, 0.981)]
    [InlineData("cifar100", 100, 5, 0.955)]
    [InlineData("cifar100", 400, 20, 0.979)]
    [InlineData("imagenet16-120", 100, 5, 0.955)]
    [InlineData("imagenet16-120", 400, 5, 0.979)]
    public void Random_labels_rank_all_other_architectures(string dataset, int count, int draws, double least)
    {
        FunctionTable functions = FunctionTable.Create(Tables.Space, TrainingFreeScores.Of(Tables, DatasetShape.Of(dataset)));
        IReadOnlyList<double> accuracy = Tables.GetAccuracy(dataset, LabelSources.Test);

        // The priors of the hyperparameters were chosen on the labels of seeds 1 to 5.
        double[] correlations = [.. Enumerable.Range(101, draws).Select(seed =>
        {
            (int Index, double Accuracy)[] labels = Labels(dataset, count, seed);
            AccuracyPredictor predictor = AccuracyPredictor.Train(functions, DatasetShape.Of(dataset).Classes, PredictorInputs.Both, labels)
                .ShouldNotBeNull();
            int[] others = [.. Enumerable.Range(0, Tables.Space.Size).Except(labels.Select(label => label.Index))];
            return Correlation.Spearman(others.Select(index => predictor.Predict(index).Mean), others.Select(index => accuracy[index]));
        })];

        correlations.Average().ShouldBeGreaterThanOrEqualTo(least);
    }

    [Theory]
    [InlineData(20)]
    [InlineData(100)]
    public void Its_cross_validation_foretells_how_well_it_does(int count)
    {
        (int Index, double Accuracy)[] labels = Labels("cifar10", count, seed: 6);
        IReadOnlyList<double> accuracy = Tables.GetAccuracy("cifar10", LabelSources.Test);
        AccuracyPredictor predictor = Train(labels)!;
        int[] others = [.. Enumerable.Range(0, Tables.Space.Size).Where(Tables.Space.IsConnected)
            .Except(labels.Select(label => label.Index))];
        double ranked = Correlation.Spearman(
            others.Select(index => predictor.Predict(index).Mean), others.Select(index => accuracy[index]));

        predictor.CrossValidation.Labels.ShouldBe(labels.Count(label => Tables.Space.IsConnected(label.Index)));
        predictor.CrossValidation.Spearman.ShouldNotBeNull().ShouldBe(ranked, 0.12);
        predictor.CrossValidation.Rmse.ShouldBeInRange(0.3, 15);
    }

    [Fact]
    public void The_order_of_the_labels_does_not_matter()
    {
        (int Index, double Accuracy)[] labels = Labels("cifar10", 40, seed: 2);

        Train(labels.Reverse())!.Predict(77).ShouldBe(Train(labels)!.Predict(77));
    }

    [Fact]
    public void Isomorphic_architectures_get_the_same_prediction()
    {
        AccuracyPredictor predictor = Train(Labels("cifar10", 40, seed: 3))!;
        foreach (IGrouping<int, int> function in Enumerable.Range(0, Tables.Space.Size).GroupBy(Tables.Space.FunctionId)
            .Where(group => group.Count() > 1).Take(200))
        {
            function.Select(index => predictor.Predict(index).Mean).Distinct().ShouldHaveSingleItem();
        }
    }

    [Fact]
    public void The_deviation_is_honest()
    {
        // Of the true values, 68 % lie within one standard deviation of a calibrated prediction and 95 % within two.
        IReadOnlyList<double> accuracy = Tables.GetAccuracy("cifar10", LabelSources.Test);
        AccuracyPredictor predictor = Train(Labels("cifar10", 100, seed: 4))!;
        double[] scaled =
        [
            .. Enumerable.Range(0, Tables.Space.Size).Where(Tables.Space.IsConnected).Select(index =>
            {
                (double mean, double deviation) = predictor.Predict(index);
                return Math.Abs(predictor.Scale.ToTarget(accuracy[index]) - mean) / deviation;
            }),
        ];

        (scaled.Count(value => value <= 1) / (double)scaled.Length).ShouldBeInRange(0.6, 0.9);
        (scaled.Count(value => value <= 2) / (double)scaled.Length).ShouldBeInRange(0.9, 0.995);
    }

    [Fact]
    public void A_cell_without_a_live_path_is_predicted_at_chance()
    {
        int dead = Enumerable.Range(0, Tables.Space.Size).First(index => !Tables.Space.IsConnected(index));

        AccuracyPredictor predictor = Train(Labels("cifar10", 40, seed: 5))!;

        predictor.Scale.ToAccuracy(predictor.Predict(dead).Mean).ShouldBe(10, 1e-9);
    }

    [Theory]
    [InlineData("both", "gaussian-process on paths and zero-cost proxies (nwot and synflow of the table that ships, ")]
    [InlineData("paths", "gaussian-process on paths")]
    [InlineData("proxies", "gaussian-process on zero-cost proxies (nwot and synflow of the table that ships, ")]
    public void The_name_says_what_it_sees(string inputs, string name)
        => AccuracyPredictor.NameOf(inputs, TrainingFreeScores.NameOf("table", ProxyTable.SettingsOf(DatasetShape.Of("cifar100"))))
            .ShouldStartWith(name);

    private static AccuracyPredictor? Train(IEnumerable<(int Index, double Accuracy)> labels)
        => AccuracyPredictor.Train(Functions, 10, PredictorInputs.Both, labels);

    private static (int Index, double Accuracy)[] Labels(string dataset, int count, int seed)
    {
        IReadOnlyList<double> accuracy = Tables.GetAccuracy(dataset, LabelSources.Test);
        int[] all = [.. Enumerable.Range(0, Tables.Space.Size)];
        new Random(seed).Shuffle(all);
        return [.. all.Take(count).Select(index => (index, accuracy[index]))];
    }
}
