using PelNas.Shared.Predictor;
using PelNas.Shared.Predictor.Priors;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Search;

/// <summary>
/// The step <c>ChooseLabels</c>: decides, over all partitions at once, which of the scored candidates are worth a label, and pays
/// for these. All partitions are scored by then, and the next generation of each learns from all labels. No two candidates compute the same
/// function, so that no label buys the luck of another training.
/// </summary>
public sealed class LabelChooser(
    RunContexts contexts, RunHistories histories, PredictorCache predictors, IAccuracyOracle oracle, LabelRepository told,
    TimeProvider time)
{
    /// <summary>
    /// Runs the step. Labels of the table are paid for at once. Those that have to be got are returned, and the step is run again with what
    /// was got: it goes through the same choices up to the first that is missing.
    /// </summary>
    /// <param name="isLast">Whether to wait for no more labels and close the generation with those that are there.</param>
    public async Task<LabelChoice> ChooseAsync(string runId, int generation, bool isLast, CancellationToken cancellationToken)
    {
        RunContext context = await contexts.ProposedAsync(runId, generation, cancellationToken);
        if (await histories.FindAsync<LabelsRow>(context.Run, new(generation, GenerationKinds.Labels), cancellationToken) is { } before)
        {
            // A step that runs again must not pay again.
            return new LabelChoice(before.Candidates.Count, []);
        }

        RunHistory history = await histories.ScoredAsync(context.Run, generation, cancellationToken);
        RunCandidates candidates = RunCandidates.Of(history, generation);
        AccuracyPredictor? predictor = await predictors.GetForCandidatesAsync(context, candidates, generation, cancellationToken);
        Dictionary<int, LabelRow>? known = context.Request.LabelsBy() == LabelProviders.Table
            ? null
            : (await told.ListAsync(runId, cancellationToken)).Where(label => label.IsTold()).ToDictionary(label => label.Index);
        Dictionary<int, double?> paid = [];
        List<int> wanted = [];
        await ChooseAsync(context, history, candidates, predictor, generation,
            PayAsync, index => LatencyTold(index) ?? context.Benchmark.LatencyMs[index]);
        if (wanted.Count > 0 && !isLast)
        {
            await told.AddAsync(runId, [.. wanted.Select(Asked)], cancellationToken);
            return new LabelChoice(paid.Count, wanted);
        }

        LabelsRow labels = new(generation, [.. paid.Select(label => Label(label.Key, label.Value))]);

        // The labels are paid for: they are kept even when the step has been cancelled meanwhile.
        return new LabelChoice((await histories.AddAsync(context.Run, labels, CancellationToken.None)).Candidates.Count, []);

        // Null where one of them has yet to be got.
        async Task<IReadOnlyList<double?>?> PayAsync(IReadOnlyList<int> indices)
        {
            int[] unpaid = [.. indices.Where(index => !paid.ContainsKey(index))];
            if (known is null)
            {
                foreach ((int index, double accuracy) in unpaid.Zip(
                    await oracle.LabelAsync(context.Benchmark, context.Request.LabelsFrom, unpaid, cancellationToken)))
                {
                    paid.Add(index, accuracy);
                }
            }
            else
            {
                foreach (int index in unpaid.Where(known.ContainsKey))
                {
                    paid.Add(index, known[index].Accuracy);
                }

                wanted.AddRange(unpaid.Where(index => !known.ContainsKey(index)));
            }

            return wanted.Count > 0 ? null : [.. indices.Select(index => paid[index])];
        }

        LabelRow Asked(int index) => new()
        {
            Index = index,
            Architecture = context.Request.Space is null ? null : context.Space.Format(index),
            Generation = generation,
            AskedAt = time.GetUtcNow(),
        };

        double? LatencyTold(int index) => known?.GetValueOrDefault(index)?.LatencyMs;

        CandidateRow Label(int index, double? accuracy)
        {
            CandidatePrediction? prediction = predictor?.CanPredict(index) == true ? CandidatePrediction.Of(predictor, index) : null;
            return new CandidateRow
            {
                Index = index,
                PredictedAccuracy = prediction?.Accuracy,
                PredictedDeviation = prediction?.Deviation,
                Accuracy = accuracy,
                LatencyMs = LatencyTold(index),
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
        Func<IReadOnlyList<int>, Task<IReadOnlyList<double?>?>> pay,
        Func<int, double> latencyMs)
    {
        SearchRequest request = context.Request;
        RunCandidate[] labelled = [.. candidates.Labelled];
        IReadOnlyList<int> ranked = context.FastestOf(context.Prior?.Ranked ?? []);
        int share = LabelSchedule.Share(
            request.MaxLabels, candidates.Paid.Count(), generation, request.Generations, context.Run.Partitions.Count, ranked.Count);
        Dictionary<int, int> partitionOf = candidates.Unlabelled
            .Where(candidate => candidate.Row.LatencyMs is not null)
            .Where(candidate => !candidates.Paid.Any() || context.Space.IsConnected(candidate.Row.Index))
            .ToDictionary(candidate => candidate.Row.Index, candidate => candidate.Partition);

        // Until the predictor has enough labels, the prior decides, and after it chance.
        if (predictor is null)
        {
            IReadOnlyList<LabelCandidate> seeds = SeedLabels.Choose(
                [.. partitionOf.Select(pair => new LabelCandidate(pair.Key, pair.Value, context.Benchmark.LatencyMs[pair.Key]))],
                withFastest: !candidates.Paid.Any(),
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
            new ProposerCounsel(index => context.Prior?.IsVetoed(index) ?? false, expected.Select(cell => cell.Index)),
            latencyMs);
        await rounds.RunAsync(partitionOf.Keys, share, generation, pay);
    }

    /// <summary>What the proposer expects of what it has proposed up to a generation, the latest first, in its order.</summary>
    private static Expectation[] Expected(RunHistory history, int generation) =>
    [
        .. history.Rounds.Where(round => round.Generation <= generation)
            .OrderByDescending(round => round.Generation).ThenBy(round => round.Partition).SelectMany(round => round.Expected),
    ];
}

/// <summary>What the step <c>ChooseLabels</c> came to.</summary>
/// <param name="Paid">Labels paid for in the generation so far.</param>
/// <param name="Wanted">Architectures whose labels have to be got before it can go on; none when it is done.</param>
public sealed record LabelChoice(int Paid, IReadOnlyList<int> Wanted);
