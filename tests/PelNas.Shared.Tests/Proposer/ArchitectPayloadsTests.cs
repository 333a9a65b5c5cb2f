using PelNas.Shared.Proposer;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tests.Support;


namespace PelNas.Shared.Tests.Proposer;

public sealed class ArchitectPayloadsTests
{
    private const int Partition = 3;

    private static readonly NasBench201 Space = NasBench201.Instance;

    [Fact]
    public async Task Of_more_tried_cells_than_there_is_room_for_those_nearest_to_a_parent_are_to_be_avoided()
    {
        StepHarness search = new();
        await search.SearchAsync(generations: 5);
        RunContext context = await search.ContextAsync();
        RunCandidates candidates = RunCandidates.Of(await search.HistoryAsync(), 6);
        PartitionFunctions functions = PartitionFunctions.Of(context, Partition, candidates);

        ArchitectPayload payload = ArchitectPayloads.Ask(context, PartitionHistory.Of(Partition, candidates), functions, [], generation: 6).Payload;

        int[] parents = [.. payload.Parents.Select(parent => Index(parent.Architecture))];
        int[] avoided = [.. payload.Avoid.Select(Index)];
        int[] left = [.. functions.Tried.Except(avoided).Except(parents)];
        avoided.Length.ShouldBe(160);
        avoided.ShouldBeSubsetOf(functions.Tried.Except(parents));
        left.ShouldNotBeEmpty();
        avoided.Max(Distance).ShouldBeLessThanOrEqualTo(left.Min(Distance));
        avoided.Select(Distance).ShouldBeInOrder();

        int Distance(int index) => parents.Min(parent => Enumerable.Range(0, 6).Count(edge => Space.Genotype(index)[edge] != Space.Genotype(parent)[edge]));
    }

    private static int Index(string architecture) => Space.TryParse(architecture, out int index, out string? error) ? index : throw new InvalidOperationException(error);
}
