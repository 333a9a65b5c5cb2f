using MathNet.Numerics.Statistics;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Torch;
using PelNas.Shared.Torch.Learning;

namespace PelNas.Shared.Comparison.Systems;

/// <summary>
/// <c>fnas</c> (Liu et al., arXiv 2105.11694): a policy trained by PPO draws cells for a target latency; a critic predicts a cell's reward
/// and a second one how wrong the first may be. A label is paid where that doubt is above its running median, or while there are fewer than
/// 30 labels; elsewhere the prediction is the reward. As many samples are replayed as are new.
/// </summary>
/// <remarks>
/// The two critics, the replay and its largest ratio of 1.5 are the paper's; the threshold, network sizes, rates and batches are ours. The
/// paper also keeps a pool of trained weights, which has no meaning where a table has the accuracies.
/// </remarks>
/// <param name="name">Name in command lines and results.</param>
/// <param name="useDoubt">False for plain PPO, which pays for every reward.</param>
internal sealed class Fnas(string name, bool useDoubt) : ISearchStrategy
{
    private const int Batch = 10;
    private const int SureLabels = 30;
    private const int PolicyEpochs = 4;
    private const int CriticSteps = 10;
    private const int CriticBatch = 32;
    private const double LatencyExponent = -0.07;

    // A policy that has settled draws what it knows; then chance has to help.
    private const int MostIdleBatches = 10;

    public string Name => name;

    public string? WhyNot() => new TorchProxyScorers().WhyNot();

    public Task SearchAsync(SearchTrial trial, CancellationToken cancellationToken)
    {
        Random random = trial.Random(Name);
        using CellPolicy policy = new(trial.Space.DecisionCount, trial.Space.Operations.Count, random.Next());
        List<(PolicySample Sample, double Reward)> memory = [];
        List<(PolicySample Sample, double Reward)> paid = [];
        List<double> doubts = [];
        int idle = 0;
        while (trial.Ledger.Remaining > 0 && trial.Ledger.Entries.Count < trial.FeasibleCount)
        {
            cancellationToken.ThrowIfCancellationRequested();
            int before = trial.Ledger.Remaining;
            PolicySample[] drawn = policy.Draw([.. Enumerable.Range(0, Batch).Select(_ => (2 * random.NextDouble()) - 1)], random);
            (double Value, double Doubt)[] judged = policy.Judge(drawn);
            List<(PolicySample Sample, double Reward)> batch = [];
            for (int place = 0; place < drawn.Length && trial.Ledger.Remaining > 0; place++)
            {
                if (Reward(trial, drawn[place], judged[place], doubts) is { } reward)
                {
                    batch.Add((drawn[place], reward.Value));
                    if (reward.IsPaid)
                    {
                        paid.Add((drawn[place], reward.Value));
                    }
                }
            }

            idle = trial.Ledger.Remaining < before ? 0 : idle + 1;
            if (idle > MostIdleBatches)
            {
                trial.Evaluate(trial.DrawOpen(random));
                idle = 0;
            }

            Learn(policy, batch, memory, paid, random);
        }

        return Task.CompletedTask;
    }

    /// <summary>The reward of a sample, by its label or by the critic; null where the device cannot run the cell.</summary>
    private (double Value, bool IsPaid)? Reward(
        SearchTrial trial, PolicySample sample, (double Value, double Doubt) judged, List<double> doubts)
    {
        int cell = trial.Space.IndexOf(sample.Cell);
        if (!trial.IsFeasible(cell))
        {
            trial.CountRefused(cell);
            return null;
        }

        double latency = trial.LatencyMs(cell);
        bool isPaid = trial.Ledger.IsPaid(cell);
        bool isSure = useDoubt && trial.Ledger.Entries.Count >= SureLabels && judged.Doubt <= doubts.Median();
        if (!isPaid)
        {
            doubts.Add(judged.Doubt);
        }
        else
        {
            trial.CountRefused(cell);
        }

        (double least, double greatest) = trial.LatencyRangeMs;
        double target = least * Math.Pow(greatest / least, (sample.Goal + 1) / 2);
        return isSure && !isPaid
            ? (judged.Value, false)
            : (trial.Ledger.Pay(cell) / 100 * Math.Pow(latency / target, LatencyExponent), true);
    }

    private static void Learn(
        CellPolicy policy, List<(PolicySample Sample, double Reward)> batch, List<(PolicySample Sample, double Reward)> memory,
        List<(PolicySample Sample, double Reward)> paid, Random random)
    {
        for (int step = 0; step < CriticSteps && paid.Count > 0; step++)
        {
            (PolicySample Sample, double Reward)[] some = random.GetItems(paid.ToArray(), CriticBatch);
            policy.LearnRewards([.. some.Select(entry => entry.Sample)], [.. some.Select(entry => entry.Reward)]);
        }

        if (batch.Count == 0)
        {
            return;
        }

        (PolicySample Sample, double Reward)[] seen = [.. batch, .. memory.Count > 0 ? random.GetItems(memory.ToArray(), batch.Count) : []];
        double mean = seen.Average(entry => entry.Reward);
        double deviation = Math.Sqrt(seen.Average(entry => (entry.Reward - mean) * (entry.Reward - mean))) + 1e-6;
        for (int epoch = 0; epoch < PolicyEpochs; epoch++)
        {
            policy.Improve([.. seen.Select(entry => entry.Sample)], [.. seen.Select(entry => (entry.Reward - mean) / deviation)]);
        }

        memory.AddRange(batch);
    }
}
