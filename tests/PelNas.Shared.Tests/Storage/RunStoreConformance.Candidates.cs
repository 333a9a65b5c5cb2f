using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Tests.Storage;

public abstract partial class RunStoreConformance
{
    /// <summary>Texts that break stores which take short cuts.</summary>
    public static TheoryData<string> DifficultTexts =>
    [
        "",
        "  leading and trailing  ",
        "'; DROP TABLE runs; --",
        "\"quotes\" <b>& tags</b> \\ back / slash",
        "line\nbreaks\r\nand\ttabs",
        "中文 العربية हिन्दी ñ ü e\u0301",
        "🧠 astral, \u202E bidi, \uFEFF mark, \u2028 separator",
        "nul \0 inside",
    ];

    [Fact]
    public async Task Candidates_are_read_as_they_were_written_and_by_index()
    {
        await Store.MergeCandidatesAsync(RunId, 2, [StoreSamples.Candidate(15624), StoreSamples.Candidate(0)], Token);
        await Store.MergeCandidatesAsync(RunId, 2, [StoreSamples.Candidate(99), StoreSamples.Candidate(100)], Token);
        ShouldBeSame(
            await Store.GetCandidatesAsync(RunId, 2, Token),
            [StoreSamples.Candidate(0), StoreSamples.Candidate(99), StoreSamples.Candidate(100), StoreSamples.Candidate(15624)]);
        (await Store.GetCandidatesAsync(RunId, 1, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Merging_no_candidate_does_nothing()
    {
        await Store.MergeCandidatesAsync(RunId, 0, [], Token);
        (await Store.GetCandidatesAsync(RunId, 0, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Merging_leaves_the_fields_that_are_null_as_they_were()
    {
        await Store.MergeCandidatesAsync(RunId, 0, [StoreSamples.Candidate(5)], Token);
        await Store.MergeCandidatesAsync(RunId, 0, [new CandidateRow { Index = 5, LatencyMs = 9 }], Token);
        ShouldBeSame(await Store.GetCandidatesAsync(RunId, 0, Token), [StoreSamples.Candidate(5) with { LatencyMs = 9 }]);
    }

    [Fact]
    public async Task Merging_the_same_candidates_twice_has_the_same_effect()
    {
        for (int time = 0; time < 2; time++)
        {
            await Store.MergeCandidatesAsync(RunId, 0, [StoreSamples.Candidate(5), StoreSamples.Candidate(6)], Token);
        }

        ShouldBeSame(await Store.GetCandidatesAsync(RunId, 0, Token), [StoreSamples.Candidate(5), StoreSamples.Candidate(6)]);
    }

    [Fact]
    public async Task A_candidate_that_stands_twice_in_one_call_merges_in_the_order_given()
    {
        await Store.MergeCandidatesAsync(
            RunId, 0, [new CandidateRow { Index = 5, LatencyMs = 1, Origin = "seed" }, new CandidateRow { Index = 5, LatencyMs = 2, Generation = 0 }], Token);
        ShouldBeSame(await Store.GetCandidatesAsync(RunId, 0, Token), [new CandidateRow { Index = 5, LatencyMs = 2, Origin = "seed", Generation = 0 }]);
    }

    [Fact]
    public async Task Merges_of_different_fields_give_the_same_row_in_any_order()
    {
        CandidateRow whole = StoreSamples.Candidate(0);
        CandidateRow[] parts =
        [
            new() { Index = 0, Generation = whole.Generation, Origin = whole.Origin, Rationale = whole.Rationale },
            new() { Index = 0, PredictedAccuracy = whole.PredictedAccuracy, PredictedDeviation = whole.PredictedDeviation, PredictedGeneration = whole.PredictedGeneration },
            new() { Index = 0, LatencyMs = whole.LatencyMs },
            new() { Index = 0, Accuracy = whole.Accuracy, LabelledGeneration = whole.LabelledGeneration },
        ];
        int index = 0;
        foreach (CandidateRow[] order in Permutations(parts))
        {
            foreach (CandidateRow part in order)
            {
                await Store.MergeCandidatesAsync(RunId, 0, [part with { Index = index }], Token);
            }

            index++;
        }

        IReadOnlyList<CandidateRow> rows = await Store.GetCandidatesAsync(RunId, 0, Token);
        rows.Count.ShouldBe(24);
        rows.ShouldBe(Enumerable.Range(0, 24).Select(number => whole with { Index = number }));
    }

    [Fact]
    public async Task A_prediction_of_an_earlier_generation_leaves_that_of_a_later_one()
    {
        CandidateRow later = new() { Index = 1, PredictedAccuracy = 70, PredictedDeviation = 1, PredictedGeneration = 3 };
        CandidateRow earlier = new() { Index = 1, PredictedAccuracy = 60, PredictedDeviation = 2, PredictedGeneration = 2, LatencyMs = 4 };
        await Store.MergeCandidatesAsync(RunId, 0, [later], Token);
        await Store.MergeCandidatesAsync(RunId, 0, [earlier, earlier with { Index = 2 }], Token);
        ShouldBeSame(await Store.GetCandidatesAsync(RunId, 0, Token), [later with { LatencyMs = 4 }, earlier with { Index = 2 }]);

        CandidateRow same = later with { PredictedAccuracy = 71 };
        await Store.MergeCandidatesAsync(RunId, 0, [same], Token);
        ShouldBeSame((await Store.GetCandidatesAsync(RunId, 0, Token))[0], same with { LatencyMs = 4 });
        await Store.MergeCandidatesAsync(RunId, 0, [earlier with { PredictedGeneration = 4 }, later], Token);
        ShouldBeSame((await Store.GetCandidatesAsync(RunId, 0, Token))[0], earlier with { PredictedGeneration = 4 });
    }

    [Fact]
    public async Task Of_predictions_written_at_the_same_time_the_latest_generation_stands_whole()
    {
        IRunStore[] stores = [Store, Open()];
        await AtOnce(8, generation => stores[generation % 2].MergeCandidatesAsync(
            RunId,
            0,
            [
                .. Enumerable.Range(0, 120).Select(index => generation == 7
                    ? new CandidateRow { Index = index, LatencyMs = index }
                    : new CandidateRow { Index = index, PredictedAccuracy = generation, PredictedDeviation = generation, PredictedGeneration = generation }),
            ],
            Token));
        (await Store.GetCandidatesAsync(RunId, 0, Token)).ShouldBe(Enumerable.Range(0, 120).Select(
            index => new CandidateRow { Index = index, LatencyMs = index, PredictedAccuracy = 6, PredictedDeviation = 6, PredictedGeneration = 6 }));
    }

    [Fact]
    public async Task Candidates_are_read_as_they_stood_after_a_generation()
    {
        CandidateRow early = StoreSamples.Candidate(1) with { Generation = 0, PredictedGeneration = 1, LabelledGeneration = 2 };
        CandidateRow late = StoreSamples.Candidate(2) with { Generation = 3, PredictedGeneration = null, PredictedAccuracy = null, PredictedDeviation = null };
        await Store.MergeCandidatesAsync(RunId, 0, [early, late], Token);
        CandidateRow unlabelled = early with { Accuracy = null, LabelledGeneration = null };
        CandidateRow seed = unlabelled with { PredictedAccuracy = null, PredictedDeviation = null, PredictedGeneration = null };
        (await Store.GetCandidatesAsOfAsync(RunId, 0, 0, Token)).ShouldBe([seed]);
        (await Store.GetCandidatesAsOfAsync(RunId, 0, 1, Token)).ShouldBe([unlabelled]);
        (await Store.GetCandidatesAsOfAsync(RunId, 0, 2, Token)).ShouldBe([early]);
        (await Store.GetCandidatesAsOfAsync(RunId, 0, 4, Token)).ShouldBe([early, late]);
    }

    [Fact]
    public async Task Large_batches_are_stored_whole()
    {
        CandidateRow[] candidates = [.. Enumerable.Range(0, 1_234).Select(StoreSamples.Candidate)];
        await Store.MergeCandidatesAsync(RunId, 0, candidates, Token);
        ShouldBeSame(await Store.GetCandidatesAsync(RunId, 0, Token), candidates);
    }

    [Theory]
    [MemberData(nameof(DifficultTexts))]
    public async Task Difficult_texts_survive_in_a_rationale(string text)
    {
        await Store.MergeCandidatesAsync(RunId, 0, [new CandidateRow { Index = 1, Rationale = text }], Token);
        (await Store.GetCandidatesAsync(RunId, 0, Token)).Single().Rationale.ShouldBe(text);
    }

    [Theory]
    [InlineData(400, true)]
    [InlineData(32_000, true)]
    [InlineData(32_001, false)]
    [InlineData(100_000, false)]
    public async Task A_rationale_survives_up_to_32_000_characters_and_is_refused_beyond(int length, bool survives)
    {
        CandidateRow candidate = new() { Index = 1, Rationale = new string('漢', length) };
        if (survives)
        {
            await Store.MergeCandidatesAsync(RunId, 0, [candidate], Token);
            ShouldBeSame(await Store.GetCandidatesAsync(RunId, 0, Token), [candidate]);
        }
        else
        {
            (await Should.ThrowAsync<ArgumentException>(() => Store.MergeCandidatesAsync(RunId, 0, [candidate], Token)))
                .Message.ShouldContain($"candidate.rationale has {length} characters");
        }
    }

    [Fact]
    public async Task Half_a_surrogate_pair_is_refused_and_not_changed_silently() =>
        (await Should.ThrowAsync<ArgumentException>(() => Store.MergeCandidatesAsync(RunId, 0, [new CandidateRow { Index = 1, Rationale = "cut \uD83E" }], Token)))
            .Message.ShouldContain("candidate.rationale");

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity)]
    public async Task A_batch_with_a_number_that_is_not_finite_is_refused_whole(double number)
    {
        CandidateRow[] batch = [StoreSamples.Candidate(1), new() { Index = 2, LatencyMs = number }];
        (await Should.ThrowAsync<ArgumentException>(() => Store.MergeCandidatesAsync(RunId, 0, batch, Token))).Message.ShouldContain("candidate.latencyMs");
        (await Store.GetCandidatesAsync(RunId, 0, Token)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Negative_partitions_and_indices_are_refused()
    {
        await Should.ThrowAsync<ArgumentException>(() => Store.MergeCandidatesAsync(RunId, -1, [StoreSamples.Candidate(1)], Token));
        await Should.ThrowAsync<ArgumentException>(() => Store.MergeCandidatesAsync(RunId, 0, [StoreSamples.Candidate(-1)], Token));
    }

    [Fact]
    public async Task Writers_at_the_same_time_on_one_partition_lose_nothing()
    {
        IRunStore[] stores = [Store, Open()];
        await AtOnce(8, async writer =>
        {
            IRunStore store = stores[writer % 2];
            for (int i = 0; i < 10; i++)
            {
                // Every second writer knows the latency of the same candidate, the others its prediction.
                int index = (writer / 2 * 10) + i;
                await store.MergeCandidatesAsync(
                    RunId, 0, [writer % 2 == 0 ? new CandidateRow { Index = index, LatencyMs = index } : new CandidateRow { Index = index, PredictedAccuracy = index }], Token);
            }
        });

        ShouldBeSame(
            await Store.GetCandidatesAsync(RunId, 0, Token),
            [.. Enumerable.Range(0, 40).Select(index => new CandidateRow { Index = index, LatencyMs = index, PredictedAccuracy = index })]);
    }

    private static IEnumerable<T[]> Permutations<T>(T[] items) => items.Length <= 1
        ? [items]
        : items.SelectMany((item, place) => Permutations<T>([.. items[..place], .. items[(place + 1)..]]).Select(rest => (T[])[item, .. rest]));
}
