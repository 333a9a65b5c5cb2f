using PelNas.Shared.Tests.Proposer.Offline;

namespace PelNas.Shared.Tests.Proposer;

/// <summary>What the proposer is shown of a search beyond its partition.</summary>
public sealed class ArchitectPayloadsTests
{
    private const int Partition = 3;

    [Fact]
    public async Task It_shows_the_front_of_all_partitions_and_what_became_of_the_last_proposals()
    {
        List<ArchitectPayload> asked = [];
        using CountingOffline chat = new((messages, _) => asked.AddRange(ArchitectPayload(messages)));
        StepHarness search = new(chat);
        await search.SearchAsync(generations: 3);
        RunContext context = await search.ContextAsync();
        RunHistory history = await search.HistoryAsync();
        RunCandidates before = RunCandidates.Of(history, 3);

        ArchitectPayload payload = asked.Last(payload => payload.Partition.Id == Partition);

        SearchPayload seen = payload.Search;
        seen.LabelsLeft.ShouldBe(context.Request.MaxLabels - before.Labelled.Count());
        seen.LabelNoise!.Value.ShouldBeInRange(0.05, 1.5);
        seen.Front.Select(point => StepHarness.Index(point.Architecture))
            .ShouldBe(LabelledFront.Of([.. before.Labelled]).Select(candidate => candidate.Row.Index));
        seen.Elsewhere.Select(point => point.Partition).ShouldBe([0, 1, 2, 4, 5]);
        seen.Elsewhere.ShouldAllBe(point =>
            point.Accuracy == before.Labelled.Where(candidate => candidate.Partition == point.Partition)
                .Max(candidate => candidate.Row.Accuracy));
        seen.LastProposals.Select(proposal => StepHarness.Index(proposal.Architecture))
            .ShouldBe(
                history.Rounds.Single(round => round.Partition == Partition && round.Generation == 2).Expected.Select(cell => cell.Index));
        foreach (OutcomePayload proposal in seen.LastProposals)
        {
            double? label = before.Labelled.Where(candidate => candidate.Row.Index == StepHarness.Index(proposal.Architecture))
                .Select(candidate => candidate.Row.Accuracy).SingleOrDefault();
            proposal.Accuracy.ShouldBe(label);
            (proposal.PredictedAccuracy is null).ShouldBe(label is not null);
        }
    }

    [Fact]
    public async Task It_offers_untried_cells_of_the_partition_with_what_is_predicted_of_them()
    {
        List<ArchitectPayload> asked = [];
        using CountingOffline chat = new((messages, _) => asked.AddRange(ArchitectPayload(messages)));
        StepHarness search = new(chat);
        await search.SearchAsync(generations: 2);
        RunContext context = await search.ContextAsync();
        HashSet<int> tried = [.. RunCandidates.Of(await search.HistoryAsync(), 2).Proposed.Select(
            candidate => context.Space.FunctionId(candidate.Row.Index))];

        foreach (ArchitectPayload payload in asked.TakeLast(4))
        {
            payload.Promising.Count.ShouldBeGreaterThan(0);
            payload.Promising.Count.ShouldBeLessThanOrEqualTo(24);
            payload.Promising.Select(cell => StepHarness.Index(cell.Architecture))
                .ShouldAllBe(index => context.IsAllowed(payload.Partition.Id, index) && !tried.Contains(context.Space.FunctionId(index)));
        }
    }

    [Fact]
    public async Task A_rule_that_a_partition_shares_is_shown_to_the_others_in_the_next_generation()
    {
        List<ArchitectPayload> asked = [];
        using ScriptedChatClient chat = new(messages =>
        {
            asked.AddRange(ArchitectPayload(messages));
            return ArchitectPayload(messages).Length == 0
                ? """{"rules":[{"kind":"positive","text":"Keep a residual path.","evidence":"","confidence":0.9,"edge":null,"operation":null,"shared":true},{"kind":"negative","text":"Not here.","evidence":"","confidence":0.8,"edge":null,"operation":null,"shared":false}]}"""
                : """{"architectures":[]}""";
        });
        StepHarness search = new(chat);
        await search.SearchAsync(generations: 2);

        ArchitectPayload[] generations = [.. asked.Where(payload => payload.Partition.Id == Partition)
            .DistinctBy(payload => payload.SharedHeuristics.Count)];
        generations[0].SharedHeuristics.ShouldBeEmpty();
        generations[1].SharedHeuristics.ShouldHaveSingleItem().Text.ShouldBe("Keep a residual path.");
        generations[1].Heuristics.Count.ShouldBe(2);
    }

    private static ArchitectPayload[] ArchitectPayload(IReadOnlyList<ChatMessage> messages)
        => messages[1].Text.Contains("\"prompt\":\"architect.", StringComparison.Ordinal)
            ? [JsonSerializer.Deserialize<ArchitectPayload>(messages[1].Text, ChatJson.Options)!]
            : [];
}
