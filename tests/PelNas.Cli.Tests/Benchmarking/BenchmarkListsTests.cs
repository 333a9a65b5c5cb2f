using PelNas.Cli.Benchmarking;
using PelNas.Shared.Comparison.Strategies;

namespace PelNas.Cli.Tests.Benchmarking;

public sealed class BenchmarkListsTests
{
    private static readonly BenchmarkTables Tables = BenchmarkTables.OpenDefault();
    private static readonly StrategyCatalog Catalog = new(Tables);

    [Theory]
    [InlineData("30", 101, 130)]
    [InlineData("1", 101, 101)]
    [InlineData("101-130", 101, 130)]
    [InlineData("1-10", 1, 10)]
    [InlineData("7-7", 7, 7)]
    public void Seeds_are_a_number_or_a_range(string text, int first, int last)
        => BenchmarkLists.Seeds(text).ShouldBe(Enumerable.Range(first, last - first + 1));

    [Theory]
    [InlineData("0")]
    [InlineData("")]
    [InlineData("x")]
    [InlineData("10-1")]
    [InlineData("1-2-3")]
    [InlineData("-5")]
    [InlineData("1-999999")]
    public void Other_seeds_are_refused(string text)
        => Should.Throw<UsageException>(() => BenchmarkLists.Seeds(text)).Message.ShouldContain("a range such as 101-130");

    [Fact]
    public void All_contexts_are_the_eighteen_and_the_first_eight_have_a_name()
    {
        BenchmarkLists.Contexts("all", Tables).Count.ShouldBe(18);
        BenchmarkLists.Contexts("first-eight", Tables).Count.ShouldBe(8);
        BenchmarkLists.Contexts("cifar10:fpga, cifar100:eyeriss,cifar10:fpga", Tables).Select(context => context.Name)
            .ShouldBe(["cifar10:fpga", "cifar100:eyeriss"]);
    }

    [Theory]
    [InlineData("cifar10", "cifar10:fpga")]
    [InlineData("cifar10:toaster", "'toaster' is unknown")]
    [InlineData("cifar100:titan_rtx_1", "eyeriss")]
    [InlineData("cifar10:fpga,,", "empty item")]
    public void A_context_that_cannot_be_is_refused(string list, string expected)
        => Should.Throw<UsageException>(() => BenchmarkLists.Contexts(list, Tables)).Message.ShouldContain(expected);

    [Fact]
    public void Strategies_are_names_and_groups_each_once()
    {
        BenchmarkLists.Strategies("all", Catalog).ShouldBe(Catalog.Main);
        BenchmarkLists.Strategies("pel-nas,ablations,nsga2,pel-nas", Catalog).Select(strategy => strategy.Name)
            .ShouldBe(["pel-nas", .. Catalog.Ablations.Select(strategy => strategy.Name), "nsga2"]);
        Should.Throw<UsageException>(() => BenchmarkLists.Strategies("nsga3", Catalog)).Message.ShouldContain("nsga2, moead");
    }

    [Theory]
    [InlineData("120", "120")]
    [InlineData("300,60,120,60", "60 120 300")]
    public void Budgets_are_ascending_and_each_once(string list, string expected)
        => string.Join(' ', BenchmarkLists.Budgets(list, 15625)).ShouldBe(expected);

    [Theory]
    [InlineData("0")]
    [InlineData("2001")]
    [InlineData("1e3")]
    [InlineData("60;120")]
    public void Other_budgets_are_refused(string list)
        => Should.Throw<UsageException>(() => BenchmarkLists.Budgets(list, 15625)).Message.ShouldContain("from 1 to 2000");
}
