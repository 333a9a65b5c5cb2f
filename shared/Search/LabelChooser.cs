using PelNas.Shared.Common;
using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;

namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>ChooseLabels</c>: decides, over all partitions at once, which of the scored candidates are worth a label, and pays
/// for these. All partitions are scored by then, and the next generation of each learns from all labels. No two candidates compute the same
/// function, so that no label buys the luck of another training.
/// </summary>
public sealed class LabelChooser(RunContexts contexts, RunHistories histories, PredictorCache predictors, IAccuracyOracle oracle)
{
    /// <summary>Runs the step and returns the number of labels paid in this generation.</summary>
    public async Task<int> ChooseAsync(string runId, int generation, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.GetAsync(runId, cancellationToken);
        if (await histories.FindAsync<LabelsRow>(context.Run, new(generation, GenerationKinds.Labels), cancellationToken) is { } before)
        {
            // A step that runs again must not pay again.
            return before.Candidates.Count;
        }

        RunHistory history = await histories.ScoredAsync(context.Run, generation, cancellationToken);
        RunCandidates candidates = RunCandidates.Of(history, generation);
        AccuracyPredictor? predictor = await predictors.GetForCandidatesAsync(context, candidates, generation, cancellationToken);
        Dictionary<int, double> paid = [];
        await ChooseAsync(context, history, candidates, predictor, generation, PayAsync);
        LabelsRow labels = new(generation, [.. paid.Select(label => Label(label.Key, label.Value))]);

        // The labels are paid for: they are kept even when the step has been cancelled meanwhile.
        return (await histories.AddAsync(context.Run, labels, CancellationToken.None)).Candidates.Count;

        async Task<IReadOnlyList<double>> PayAsync(IReadOnlyList<int> indices)
        {
            int[] unpaid = [.. indices.Where(index => !paid.ContainsKey(index))];
            foreach ((int index, double accuracy) in unpaid.Zip(await oracle.LabelAsync(context.Benchmark, context.Request.LabelsFrom, unpaid, cancellationToken)))
            {
                paid.Add(index, accuracy);
            }

            return [.. indices.Select(index => paid[index])];
        }

        CandidateRow Label(int index, double accuracy)
        {
            CandidatePrediction? prediction = predictor?.CanPredict(index) == true ? CandidatePrediction.Of(predictor, index) : null;
            return new CandidateRow
            {
                Index = index,
                PredictedAccuracy = prediction?.Accuracy,
                PredictedDeviation = prediction?.Deviation,
                Accuracy = accuracy,
                LabelledGeneration = generation,
            };
        }
    }

    private static async Task ChooseAsync(
        RunContext context,
        RunHistory history,
        RunCandidates candidates,
        AccuracyPredictor? predictor,
        int generation,
        Func<IReadOnlyList<int>, Task<IReadOnlyList<double>>> pay)
    {
        SearchRequest request = context.Request;
        RunCandidate[] labelled = [.. candidates.Labelled];
        IReadOnlyList<int> ranked = context.FastestOf(context.Prior?.Ranked ?? []);
        int share = LabelSchedule.Share(request.MaxLabels, labelled.Length, generation, request.Generations, context.Run.Partitions.Count, ranked.Count);
        Dictionary<int, int> partitionOf = candidates.Unlabelled
            .Where(candidate => candidate.Row.LatencyMs is not null)
            .ToDictionary(candidate => candidate.Row.Index, candidate => candidate.Partition);

        // Until the predictor has enough labels, the prior decides, and after it chance.
        if (predictor is null)
        {
            IReadOnlyList<LabelCandidate> seeds = SeedLabels.Choose(
                context.Space,
                [.. partitionOf.Select(pair => new LabelCandidate(pair.Key, pair.Value, context.Benchmark.LatencyMs[pair.Key]))],
                withFastest: labelled.Length == 0,
                share,
                SeededRandom.For(request.Seed, "seed-labels", generation),
                ranked,
                context.FastestOf(context.SeedOrder));
            await pay([.. seeds.Select(seed => seed.Index)]);
            return;
        }

        Expectation[] expected = context.Prior?.Beliefs is null ? [] : Expected(history, generation);
        if (context.Prior is { } prior && expected.Length > 0 && predictor.Table.Count == context.Functions.Count)
        {
            predictor = predictor.On(prior.AddTo(context.Functions, expected));
        }

        LabelRounds rounds = new(
            context,
            predictor,
            labelled.Select(candidate => (candidate.Row.Index, candidate.Row.Accuracy!.Value)),
            new ProposerCounsel(index => context.Prior?.IsVetoed(index) ?? false, expected.Select(cell => cell.Index)));
        await rounds.RunAsync(partitionOf.Keys, share, generation, pay);
    }

    /// <summary>What the proposer expects of what it has proposed up to a generation, the latest first, in its order.</summary>
    private static Expectation[] Expected(RunHistory history, int generation) =>
    [
        .. history.Rounds.Where(round => round.Generation <= generation)
            .OrderByDescending(round => round.Generation).ThenBy(round => round.Partition).SelectMany(round => round.Expected),
    ];
}
