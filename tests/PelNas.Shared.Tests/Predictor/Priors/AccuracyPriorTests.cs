namespace PelNas.Shared.Tests.Predictor.Priors;

public class AccuracyPriorTests
{
    private static readonly BenchmarkContext Context = StepHarness.Tables.GetContext("cifar10", "fpga");
    private static readonly FunctionTable Functions = FunctionTable.Create(Context.Space, []);
    private static readonly CellTraits Traits = CellTraits.For(Context.Space);
    private static readonly int Block = StepHarness.Index("|nor_conv_3x3~0|+|none~0|none~1|+|skip_connect~0|nor_conv_3x3~1|none~2|");
    private static readonly PriorRule[] Rules =
    [
        new("nor_conv_3x3", 0, 1, 10, 0.5, [], ""),
        new("nor_conv_3x3", 1, 6, 2, 1, [new("skip_connect@0->3", AtLeast: 1)], ""),
    ];

    private static readonly int Skip = StepHarness.Index("|none~0|+|none~0|none~1|+|skip_connect~0|none~1|none~2|");

    [Fact]
    public void Rules_add_up_weighted_by_confidence()
    {
        AccuracyPrior prior = Evaluate(new PriorContent { Rules = Rules });

        (Belief(prior, Block), Belief(prior, Skip)).ShouldBe((7, 0));
        prior.Ranked.Count.ShouldBe(AccuracyPrior.MaxRanked);
    }

    [Fact]
    public void Stated_cells_take_each_others_beliefs_in_the_order_of_their_accuracies()
    {
        AccuracyPrior prior = Evaluate(new PriorContent { Rules = Rules, Ranked = [new(Block, 0.1), new(Skip, 0.2)] });
        (Belief(prior, Block), Belief(prior, Skip)).ShouldBe((0, 7));

        // And in the order of what is expected later.
        FunctionTable later = prior.AddTo(Functions, [new(Block, 93), new(Skip, 84)]);
        later.Beliefs.ShouldNotBeNull()[Functions.FunctionOf[Block]].ShouldBeGreaterThan(later.Beliefs[Functions.FunctionOf[Skip]]);
    }

    [Fact]
    public void A_few_stated_cells_are_extended_to_all_functions()
    {
        int[] stated = [.. Enumerable.Range(0, 150).Select(i => i * 101)];
        AccuracyPrior prior = Evaluate(
            new PriorContent { Believed = [.. stated.Select(cell => new Expectation(cell, Context.TestAccuracy[cell]))] });

        Correlation.Spearman(prior.Beliefs!, Functions.Cells.Select(cells => Context.TestAccuracy[cells[0]])).ShouldBeGreaterThan(0.9);
    }

    [Fact]
    public void The_scale_of_a_belief_does_not_matter()
    {
        Expectation[] whole = [.. Enumerable.Range(0, Context.Space.Size)
            .Select(cell => new Expectation(cell, Context.TestAccuracy[cell]))];
        FunctionTable percent = Evaluate(new PriorContent { Believed = whole }).AddTo(Functions, []);
        FunctionTable other =
            Evaluate(new PriorContent { Believed = [.. whole.Select(cell => cell with { Accuracy = (3 * cell.Accuracy) - 1000 })] })
                .AddTo(Functions, []);

        Correlation.Spearman(percent.Beliefs!, other.Beliefs!).ShouldBe(1, 1e-6);
    }

    [Fact]
    public void Too_few_cells_and_no_rule_are_no_belief_but_still_an_order()
    {
        AccuracyPrior prior = Evaluate(new PriorContent { Ranked = [new(Skip, 84), new(Block, 93)] });

        prior.Beliefs.ShouldBeNull();
        prior.Ranked.ShouldBe([Skip, Block]);
        prior.AddTo(Functions, []).ShouldBeSameAs(Functions);
    }

    [Fact]
    public void A_veto_bars_all_that_keep_to_its_bounds_but_no_cell_that_the_prior_names()
    {
        AccuracyPrior prior = Evaluate(
            new PriorContent { Ranked = [new(Skip, null)], Vetoes = [new([new("convolutions", AtMost: 0)], "")] });

        prior.IsVetoed(Skip).ShouldBeFalse();
        prior.IsVetoed(Block).ShouldBeFalse();
        prior.IsVetoed(StepHarness.Index("|avg_pool_3x3~0|+|none~0|none~1|+|skip_connect~0|skip_connect~1|none~2|")).ShouldBeTrue();
    }

    [Fact]
    public void The_predictor_trusts_a_true_prior_and_not_a_shuffled_one()
    {
        (int, double)[] labels = [.. Enumerable.Range(0, 60).Select(i => (i * 197) + 5).Where(cell => Functions.FunctionOf[cell] >= 0)
            .Select(cell => (cell, Context.TestAccuracy[cell]))];
        double[] beliefs = [.. Functions.Cells.Select(cells => Context.TestAccuracy[cells[0]])];
        double[] shuffled = [.. beliefs];
        new Random(1).Shuffle(shuffled);

        double none = Rmse(Functions);
        Rmse(Functions.WithBeliefs(beliefs)).ShouldBeLessThan(0.7 * none);
        Rmse(Functions.WithBeliefs(shuffled)).ShouldBeLessThan(1.1 * none);

        double Rmse(FunctionTable table)
        {
            AccuracyPredictor predictor = AccuracyPredictor.Train(table, 10, PredictorInputs.Paths, labels).ShouldNotBeNull();
            return Math.Sqrt(Enumerable.Range(0, Functions.Count)
                .Select(function =>
                    (function, error: predictor.Scale.ToTarget(Context.TestAccuracy[Functions.Cells[function][0]])
                        - predictor.Predict(Functions.Cells[function][0]).Mean))
                .Average(item => item.error * item.error));
        }
    }

    private static double Belief(AccuracyPrior prior, int cell) => prior.Beliefs.ShouldNotBeNull()[Functions.FunctionOf[cell]];

    private static AccuracyPrior Evaluate(PriorContent content)
        => AccuracyPrior.Evaluate(content, Traits, Functions, Context.LatencyMs, _ => true);
}
