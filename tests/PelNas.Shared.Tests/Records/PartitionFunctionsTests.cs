using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tests.Support;


namespace PelNas.Shared.Tests.Records;

public sealed class PartitionFunctionsTests
{
    private readonly StepHarness _search = new();

    private static ISearchSpace Space => StepHarness.Tables.Space;

    [Fact]
    public async Task A_function_is_of_the_partition_of_its_fastest_cell_and_tried_by_a_candidate_there()
    {
        await _search.SearchAsync(generations: 3);
        RunContext context = await _search.ContextAsync();
        ILookup<int, int> candidates = (await _search.CandidatesAsync()).ToLookup(candidate => candidate.Partition, candidate => candidate.Row.Index);
        int all = 0;
        for (int partition = 0; partition < 6; partition++)
        {
            PartitionFunctions functions = await OfAsync(context, partition, generation: 4);

            functions.Tried.ShouldBe(candidates[partition].Where(Space.IsConnected), ignoreOrder: true);
            functions.Tried.ShouldAllBe(index => context.Map.PartitionOf(index) == partition);
            all += functions.Unseen + functions.Tried.Count;
        }

        all.ShouldBe(Space.FunctionCount - 1, "all but the constant");
    }

    [Fact]
    public async Task Functions_of_cells_over_the_limits_do_not_count()
    {
        await _search.SearchAsync(generations: 0, new SearchRequest { Dataset = "cifar10", Device = "fpga", MaxLatencyMs = 1.2 });
        RunContext context = await _search.ContextAsync();

        (await OfAsync(context, 0, generation: 0)).Unseen.ShouldBe(4);
        (await OfAsync(context, 0, generation: 1)).Unseen.ShouldBe(0);
        (await OfAsync(context, 5, generation: 1)).ShouldSatisfyAllConditions(
            functions => functions.Unseen.ShouldBe(0), functions => functions.Tried.ShouldBeEmpty());
    }

    [Fact]
    public async Task A_partition_with_none_left_asks_nobody_and_offers_no_other_cell_of_them()
    {
        using ScriptedChatClient chat = new(_ => throw new InvalidOperationException("Nobody is to be asked."));
        StepHarness search = new(chat);
        await search.SearchAsync(generations: 3, new SearchRequest { Dataset = "cifar10", Device = "fpga", MaxLatencyMs = 1.2 });

        IReadOnlyList<RunCandidate> candidates = await search.CandidatesAsync();
        candidates.Count.ShouldBe(4);
        candidates.ShouldAllBe(candidate => candidate.Row.Origin == CandidateOrigin.Seed && candidate.Row.LabelledGeneration == 0);
        chat.Calls.ShouldBeEmpty();
    }

    private async Task<PartitionFunctions> OfAsync(RunContext context, int partition, int generation)
        => PartitionFunctions.Of(context, partition, RunCandidates.Of(await _search.HistoryAsync(), generation));
}
