using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tests.Support;


namespace PelNas.Shared.Tests.Records;

public sealed class PartitionFunctionsTests
{
    private readonly StepHarness _search = new();

    private static ISearchSpace Space => StepHarness.Tables.Space;

    [Fact]
    public async Task Tried_are_all_functions_of_the_partition_that_any_partition_has_tried_each_once_by_a_cell_of_the_partition()
    {
        await _search.SearchAsync(generations: 3);
        RunContext context = await _search.ContextAsync();
        HashSet<int> known = [.. (await _search.CandidatesAsync()).Select(candidate => Space.FunctionId(candidate.Row.Index))];
        for (int partition = 0; partition < 6; partition++)
        {
            HashSet<int> own = [.. context.Map.Members(partition).Where(Space.IsConnected).Select(Space.FunctionId)];

            PartitionFunctions functions = await OfAsync(context, partition, generation: 4);

            functions.Tried.Select(Space.FunctionId).ShouldBe(own.Where(known.Contains), ignoreOrder: true);
            functions.Tried.ShouldAllBe(index => context.Map.PartitionOf(index) == partition);
            functions.Unseen.ShouldBe(own.Count - functions.Tried.Count);
        }
    }

    [Fact]
    public async Task Functions_of_cells_over_the_limits_do_not_count()
    {
        await _search.SearchAsync(generations: 0, new SearchRequest { Dataset = "cifar10", Device = "fpga", MaxLatencyMs = 1.2 });
        RunContext context = await _search.ContextAsync();

        (await OfAsync(context, 0, generation: 0)).Unseen.ShouldBe(6);
        (await OfAsync(context, 0, generation: 1)).Unseen.ShouldBe(0);
        (await OfAsync(context, 5, generation: 1)).ShouldSatisfyAllConditions(
            functions => functions.Unseen.ShouldBe(0), functions => functions.Tried.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_partition_with_none_left_asks_nobody_and_still_offers_its_cells()
    {
        using ScriptedChatClient chat = new(_ => throw new InvalidOperationException("Nobody is to be asked."));
        StepHarness search = new(chat);
        await search.SearchAsync(generations: 3, new SearchRequest { Dataset = "cifar10", Device = "fpga", MaxLatencyMs = 1.2 });

        IReadOnlyList<RunCandidate> candidates = await search.CandidatesAsync();
        candidates.Count.ShouldBe(47);
        candidates.Count(candidate => candidate.Row.Origin == ShortfallFiller.Origin).ShouldBe(24);
        candidates.Count(candidate => candidate.Row.Origin == PredictorProposals.Origin).ShouldBe(17);
        chat.Calls.ShouldBeEmpty();
    }

    private async Task<PartitionFunctions> OfAsync(RunContext context, int partition, int generation)
        => PartitionFunctions.Of(context, partition, RunCandidates.Of(await _search.HistoryAsync(), generation));
}
