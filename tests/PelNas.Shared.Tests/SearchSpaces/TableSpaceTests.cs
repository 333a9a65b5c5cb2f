using PelNas.Shared.Evolution;

namespace PelNas.Shared.Tests.SearchSpaces;

public sealed class TableSpaceTests
{
    private static readonly ISearchSpace Accel = StepHarness.Tables.GetSpace("accel-nasbench").Space;

    [Fact]
    public void Every_network_reads_back_from_its_notation_and_from_a_JSON_object()
    {
        for (int index = 0; index < Accel.Size; index += 97)
        {
            string text = Accel.Format(index);
            Accel.TryParse(text, out int read, out _).ShouldBeTrue();
            read.ShouldBe(index);
            string json = "{"
                + string.Join(", ", text.Split(';').Select(pair => $"\"{pair.Replace("=", "\": \"", StringComparison.Ordinal)}\"")) + "}";
            Accel.TryParse(json, out read, out _).ShouldBeTrue();
            read.ShouldBe(index);
        }
    }

    [Fact]
    public void A_legal_network_that_nobody_has_measured_is_told_with_the_nearest_that_somebody_has()
    {
        byte[] genotype = Accel.Genotype(7).ToArray();
        genotype[1] = (byte)(1 - genotype[1]);
        Accel.IndexOf(genotype).ShouldBe(-1);
        Accel.TryParse(Accel.Format(genotype), out _, out string? error).ShouldBeFalse();
        error.ShouldNotBeNull().ShouldContain(Accel.Format(7));
    }

    [Theory]
    [InlineData("block0_e=1", "lacks block0_k")]
    [InlineData("block9_e=1", "no decision 'block9_e'")]
    [InlineData("block0_e=5", "'5' is no choice of block0_e: give one of 1, 4, 6")]
    [InlineData("block0_e=1;block0_e=4", "block0_e is named twice")]
    public void What_is_wrong_with_a_notation_is_said_by_its_decision(string text, string expected)
    {
        Accel.TryRead(text, new byte[Accel.DecisionCount], out string? error).ShouldBeFalse();
        error.ShouldNotBeNull().ShouldContain(expected);
    }

    [Fact]
    public void A_space_that_grew_by_and_by_is_the_one_that_was_made_at_once()
    {
        Decision[] decisions = [new("depth", ["2", "4", "8"]), new("norm", ["layer", "batch"]), new("heads", ["1", "2", "4", "8"])];
        DecisionSpace open = new(decisions, []);
        byte[][] all = [.. open.Sample(24, new Random(1)).Where((_, place) => place != 11)];
        all[5] = [];
        OpenSample sample = new(open, 4);
        TableSpace whole = new("small", decisions, all, Costs(0, all.Length), sample);
        TableSpace grown = new("small", decisions, all[..4], Costs(0, 4), sample);
        foreach ((int from, int to) in new[] { (4, 6), (6, 6), (6, 7), (7, 8), (8, 20), (20, 23) })
        {
            grown = grown.Extend(all[from..to], Costs(from, to));
        }

        grown.Size.ShouldBe(whole.Size);
        grown.SampleSize.ShouldBe(4);
        for (int index = 0; index < all.Length; index++)
        {
            grown.Genotype(index).ToArray().ShouldBe(whole.Genotype(index).ToArray());
            grown.IsConnected(index).ShouldBe(index != 5);
            grown.IndexOf(grown.Genotype(index)).ShouldBe(index == 5 ? whole.IndexOf(whole.Genotype(5)) : index);
            (grown.ParamsM(index), grown.FlopsM(index), grown.Complexity(index)).ShouldBe((index, double.NaN, 2 * index));
            double[] features = new double[grown.PathFeatureCount];
            grown.WritePathFeatures(index, features);
            features.ShouldBe(
                [2 << grown.Genotype(index)[0], 1 - grown.Genotype(index)[1], grown.Genotype(index)[1], 1 << grown.Genotype(index)[2]]);
        }

        Should.Throw<ArgumentOutOfRangeException>(() => grown.Complexity(all.Length));
        Should.Throw<ArgumentException>(() => grown.Extend([all[2]], Costs(0, 1))).Message.ShouldContain("Architecture 23 occurs twice");

        static SpaceCosts Costs(int from, int to)
        {
            double[] numbers = [.. Enumerable.Range(from, to - from).Select(index => (double)index)];
            return new SpaceCosts(numbers, null, [.. numbers.Select(number => 2 * number)], "twos");
        }
    }

    [Fact]
    public void Operators_find_the_members_that_differ_least()
    {
        int child = VariationOperators.Mutate(Accel, 3, _ => true, new Random(1)).ShouldNotBeNull();
        int distance = Distance(3, child);
        child.ShouldNotBe(3);
        Enumerable.Range(0, Accel.Size).Where(other => other != 3).ShouldAllBe(other => Distance(3, other) >= distance);
        int mixed = VariationOperators.Crossover(Accel, 3, 4, index => index > 100, new Random(1)).ShouldNotBeNull();
        mixed.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void The_cells_of_TransNAS_are_one_function_where_they_differ_in_dead_edges_alone()
    {
        ISearchSpace cells = StepHarness.Tables.GetSpace("transnas").Space;
        cells.FunctionCount.ShouldBe(2128);
        cells.Size.ShouldBe(4096);
        for (int index = 0; index < cells.Size; index += 61)
        {
            cells.IndexOf(cells.Genotype(index)).ShouldBe(index);
            cells.TryParse(cells.Format(index), out int read, out _).ShouldBeTrue();
            read.ShouldBe(index);
        }

        cells.TryParse("|avg_pool_3x3~0|+|none~0|none~1|+|none~0|none~1|none~2|", out _, out _).ShouldBeFalse();
    }

    private static int Distance(int first, int second)
        => Accel.Genotype(first).ToArray().Zip(Accel.Genotype(second).ToArray()).Count(pair => pair.First != pair.Second);
}
