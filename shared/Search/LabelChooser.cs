using PelNas.Shared.Common;
using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;
using PelNas.Shared.Storage;


namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>ChooseLabels</c>: decides, over all partitions at once, which of the scored candidates are worth a label, and pays
/// for these. It stands between scoring and <c>UpdateArchive</c>, so that every partition's next generation learns from all labels.
/// </summary>
public sealed class LabelChooser(IRunStore store, RunContexts contexts, PredictorCache predictors, IAccuracyOracle oracle)
{
    /// <summary>Runs the step and returns the number of labels paid in this generation.</summary>
    public async Task<int> ChooseAsync(string runId, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, cancellationToken);
        RunCandidates candidates = await RunCandidates.LoadAsync(store, context.Run, generation, cancellationToken);
        SearchRequest request = context.Request;
        RunCandidate[] labelled = [.. candidates.Labelled];
        IReadOnlyList<int> ranked = context.Prior?.Ranked ?? [];
        int share = LabelSchedule.Share(request.MaxLabels, labelled.Length, generation, request.Generations, context.Run.Partitions.Count, ranked.Count);
        Dictionary<int, int> partitionOf = candidates.Unlabelled
            // Those of later generations were not there when this step ran first, and it may run again late.
            .Where(candidate => candidate.Row.LatencyMs is not null && !(candidate.Row.Generation > generation))
            .ToDictionary(candidate => candidate.Row.Index, candidate => candidate.Partition);


        // Paid by this very step in a run that was cut short: it chooses the same again and pays for the rest.
        Dictionary<int, double> paid = candidates.All
            .Where(candidate => candidate.Row.LabelledGeneration == generation)
            .ToDictionary(candidate => candidate.Row.Index, candidate => candidate.Row.Accuracy!.Value);

        // Until the predictor has enough labels, the prior decides, and after it chance.
        if (await predictors.GetForCandidatesAsync(context, candidates, generation, cancellationToken) is not { } predictor)
        {
            IReadOnlyList<LabelCandidate> seeds = SeedLabels.Choose(
                context.Space,
                [.. partitionOf.Select(pair => new LabelCandidate(pair.Key, pair.Value, context.Space.FunctionId(pair.Key), context.Benchmark.LatencyMs[pair.Key]))],
                [.. labelled.Select(candidate => candidate.Row.Index)],
                share,
                SeededRandom.For(request.Seed, "seed-labels", generation),
                ranked);
            await PayAsync([.. seeds.Select(seed => seed.Index)]);
            return seeds.Count;
        }

        Expectation[] expected = context.Prior?.Beliefs is null ? [] : await ExpectedAsync(runId, generation, cancellationToken);
        if (context.Prior is { } prior && expected.Length > 0 && predictor.Table.Count == context.Functions.Count)
        {
            predictor = predictor.On(prior.AddTo(context.Functions, expected));
        }

        LabelRounds rounds = new(
            context,
            predictor,
            labelled.Select(candidate => (candidate.Row.Index, candidate.Row.Accuracy!.Value)),
            new ProposerCounsel(index => context.Prior?.IsVetoed(index) ?? false, expected.Select(cell => cell.Index)));
        return await rounds.RunAsync(partitionOf.Keys, share, generation, PayAsync);

        async Task<IReadOnlyList<double>> PayAsync(IReadOnlyList<int> indices)
        {
            foreach (IGrouping<int, int> partition in indices.Where(index => !paid.ContainsKey(index)).GroupBy(index => partitionOf[index]))
            {
                int[] unpaid = [.. partition];
                IReadOnlyList<double> accuracies = await LabelAsync(context, generation, partition.Key, unpaid, cancellationToken);
                foreach ((int index, double accuracy) in unpaid.Zip(accuracies))
                {
                    paid.Add(index, accuracy);
                }
            }

            return [.. indices.Select(index => paid[index])];
        }
    }

    /// <summary>What the proposer expects of what it has proposed up to a generation, the latest first, in its order.</summary>
    private async Task<Expectation[]> ExpectedAsync(string runId, int generation, CancellationToken cancellationToken)
    {
        IReadOnlyList<RoundRow> rounds = await store.GetRoundsAsync(runId, cancellationToken);
        return [.. rounds.Where(round => round.Generation <= generation).OrderByDescending(round => round.Generation).ThenBy(round => round.Partition).SelectMany(round => round.Expected)];
    }

    /// <summary>Pays for the labels of one partition and keeps them.</summary>
    private async Task<IReadOnlyList<double>> LabelAsync(
        RunContext context, int generation, int partition, IReadOnlyList<int> indices, CancellationToken cancellationToken)
    {
        IReadOnlyList<double> accuracies = await oracle.LabelAsync(context.Benchmark, indices, cancellationToken);
        CandidateRow[] rows =
        [
            .. indices.Zip(accuracies, (index, accuracy) => new CandidateRow { Index = index, Accuracy = accuracy, LabelledGeneration = generation }),
        ];

        // The labels are paid for: they are kept even when the step has been cancelled meanwhile.
        await store.MergeCandidatesAsync(context.Run.RunId, partition, rows, CancellationToken.None);
        return accuracies;
    }
}
