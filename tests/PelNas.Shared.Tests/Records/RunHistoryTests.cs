using PelNas.Shared.Tests.Storage;

namespace PelNas.Shared.Tests.Records;

public sealed class RunHistoryTests
{
    private static readonly IGenerationRow[] Rows = [.. Enumerable.Range(0, 3).SelectMany(StoreSamples.Generation)];

    [Fact]
    public void A_candidate_has_all_that_its_rows_say_of_it_and_the_label_says_last_what_was_predicted()
    {
        IReadOnlyList<RunCandidate> candidates = new RunHistory(Rows).Candidates();
        candidates.Select(candidate => (candidate.Partition, candidate.Row.Index))
            .ShouldBe([(0, 0), (0, 1), (0, 10), (0, 11), (0, 20), (0, 21), (1, 2), (1, 3), (1, 12), (1, 13), (1, 22), (1, 23)]);
        candidates.Single(candidate => candidate.Row.Index == 13).Row.ShouldBe(StoreSamples.Candidate(13) with
        {
            Generation = 1,
            PredictedAccuracy = 91.5,
            PredictedDeviation = 0.2,
            LatencyMs = 13 + (1.0 / 3),
            LabelledGeneration = 1,
        });
        CandidateRow unlabelled = candidates.Single(candidate => candidate.Row.Index == 12).Row;
        (unlabelled.PredictedAccuracy, unlabelled.Accuracy, unlabelled.LabelledGeneration).ShouldBe((90.5, null, null));
        new RunHistory(Rows).Candidates().Where(candidate => candidate.Partition == 1).Select(candidate => candidate.Row.Index)
            .ShouldBe([2, 3, 12, 13, 22, 23]);
    }

    [Fact]
    public void The_order_in_which_rows_are_read_does_not_count()
        => Content(new RunHistory(Rows.OrderBy(row => StoreSamples.Shuffled(row.Key.ToString())))).ShouldBe(Content(new RunHistory(Rows)));

    [Fact]
    public void A_round_is_closed_by_the_front_of_its_generation()
    {
        RunHistory history = new(Rows.Where(row => row.Key is not { Generation: 2, Kind: GenerationKinds.Front }));
        history.Rounds.Select(round => (round.Partition, round.Generation))
            .ShouldBe([(-1, 0), (-1, 1), (0, 0), (0, 1), (0, 2), (1, 0), (1, 1), (1, 2)]);

        // What the partition's own row says stands until then.
        history.Rounds.Where(round => round.Partition == 1).Select(round => (round.Labels, round.Archive))
            .ShouldBe([(2, 3), (2, 3), (4, 6)]);
        history.Front!.Front.Version.ShouldBe(1);
        history.Fronts.Select(front => front.Round.Generation).ShouldBe([0, 1]);
    }

    [Fact]
    public void Through_a_generation_it_is_what_it_was_then()
    {
        RunHistory history = new(Rows);
        Content(history.Through(1)).ShouldBe(Content(new RunHistory(Rows.Where(row => row.Key.Generation <= 1))));
        history.Through(1).Front!.Front.Version.ShouldBe(1);
        history.Through(-1).Front.ShouldBeNull();
        history.Through(1).Heuristics(1).Select(row => row.Generation).ShouldBe([1]);
    }

    [Fact]
    public void Scores_that_were_read_before_their_proposals_are_overlooked()
    {
        RunHistory history = new(Rows.Where(row => row.Key is not { Generation: 2, Kind: GenerationKinds.Proposals, Partition: 1 }));
        history.Candidates().Where(candidate => candidate.Partition == 1).Select(candidate => candidate.Row.Index).ShouldBe([2, 3, 12, 13]);
    }

    [Fact]
    public void A_candidate_that_two_partitions_propose_belongs_to_the_first()
        => new RunHistory([StoreSamples.Proposals(1, 0, 5), StoreSamples.Proposals(0, 0, 5)]).Candidates()
            .ShouldHaveSingleItem().Partition.ShouldBe(0);

    [Fact]
    public void Keys_sort_by_generation_and_tell_their_kind()
    {
        GenerationKey[] keys =
        [
            new(9, GenerationKinds.Scores, 1), new(10, GenerationKinds.Front), new(10, GenerationKinds.Labels),
            new(100, GenerationKinds.Front),
        ];
        keys.Select(key => key.ToString()).ShouldBe(keys.Select(key => key.ToString()).Order(StringComparer.Ordinal));
        keys.Select(key => GenerationKey.KindOf(key.ToString())).ShouldBe(keys.Select(key => key.Kind));
        keys[0].ToString().ShouldBe("000009:scores:001");
    }

    private static string Content(RunHistory history) => PelNasJson.Serialize(new object?[]
    {
        history.Candidates(), history.Rounds, history.Fronts.ToArray(), history.Heuristics(0), history.Heuristics(1),
    });
}
