using PelNas.Shared.Evolution;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tests.Support;
using Shouldly;
using Xunit;

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
            string json = "{" + string.Join(", ", text.Split(';').Select(pair => $"\"{pair.Replace("=", "\": \"", StringComparison.Ordinal)}\"")) + "}";
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
