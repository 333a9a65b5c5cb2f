using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Torch;
using PelNas.Shared.Torch.Learning;

namespace PelNas.Shared.Comparison.Systems;

/// <summary>
/// <c>l2nas</c> (Mills et al., arXiv 2109.12425): an actor sees the mean encoding of the 64 best cells so far and answers with an operation
/// for each edge, a critic learns the 0.9-quantile of the reward, and the actor follows the critic. Each step has a weight of its own
/// between latency and error; reward is the augmented Tchebycheff value, its sign turned.
/// </summary>
/// <remarks>
/// Actor, critic by check loss and state are the paper's, 128 units as remembered. Weights of the two objectives, rates, batch, the fall of
/// noise and of random choice over the first 300 steps and four updates per step are ours.
/// </remarks>
/// <param name="name">Name in command lines and results.</param>
/// <param name="quantile">Quantile that the critic learns; 0.5 is the ablation.</param>
internal sealed class L2Nas(string name, double quantile) : ISearchStrategy
{
    private const int Best = 64;
    private const int Batch = 64;
    private const int UpdatesPerStep = 4;
    private const int Warmup = 20;
    private const double CoolingSteps = 300;
    private const double MostNoise = 0.3;
    private const double LeastNoise = 0.05;

    // An actor that has settled proposes what it knows; then chance has to help.
    private const int MostIdleSteps = 20;

    public string Name => name;

    public string? WhyNot() => new TorchProxyScorers().WhyNot();

    public Task SearchAsync(SearchTrial trial, CancellationToken cancellationToken)
    {
        Random random = trial.Random(Name);
        ISearchSpace space = trial.Space;
        int width = space.DecisionCount * space.Operations.Count;
        using QuantileActorCritic agent = new(space.DecisionCount, space.Operations.Count, width + 1, quantile, random.Next());
        Scalarization scale = new();
        Dictionary<int, double[]> known = [];
        foreach (Individual founder in Individual.DrawPopulation(trial, Warmup, random))
        {
            scale.Observe(founder.Objectives);
            known[founder.Index] = founder.Objectives;
        }

        List<(double Weight, double[] State, int Cell)> memory = [];
        int idle = 0;
        for (int step = 0; trial.Ledger.Remaining > 0 && trial.Ledger.Entries.Count < trial.FeasibleCount; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            double weight = random.NextDouble();
            double[] state = [.. MeanOfBest(space, known, scale, weight), weight];
            double noise = MostNoise + ((LeastNoise - MostNoise) * Math.Min(1, step / CoolingSteps));
            int cell = idle >= MostIdleSteps ? trial.DrawOpen(random)
                : random.NextDouble() < noise ? random.Next(space.Size)
                : Choose(space, agent.Act(state), noise, random);
            if (trial.IsOpen(cell))
            {
                known[cell] = trial.Evaluate(cell);
                scale.Observe(known[cell]);
                idle = 0;
            }
            else
            {
                trial.CountRefused(cell);
                idle++;
            }

            if (known.ContainsKey(cell))
            {
                memory.Add((weight, state, cell));
            }

            for (int update = 0; update < UpdatesPerStep && memory.Count > 0; update++)
            {
                (double Weight, double[] State, int Cell)[] batch = random.GetItems(memory.ToArray(), Batch);
                agent.Learn(
                    [.. batch.Select(entry => entry.State)],
                    [.. batch.Select(entry => OneHot(space, entry.Cell))],
                    [.. batch.Select(entry => -scale.Tchebycheff(known[entry.Cell], entry.Weight))]);
            }
        }

        return Task.CompletedTask;
    }

    private static double[] MeanOfBest(ISearchSpace space, Dictionary<int, double[]> known, Scalarization scale, double weight)
    {
        double[][] best = [.. known.OrderBy(pair => scale.Tchebycheff(pair.Value, weight)).Take(Best)
            .Select(pair => OneHot(space, pair.Key))];
        return [.. Enumerable.Range(0, space.DecisionCount * space.Operations.Count)
            .Select(place => best.Length == 0 ? 0 : best.Average(cell => cell[place]))];
    }

    private static int Choose(ISearchSpace space, double[] action, double noise, Random random)
    {
        byte[] genotype = new byte[space.DecisionCount];
        for (int edge = 0; edge < genotype.Length; edge++)
        {
            int first = edge * space.Operations.Count;
            genotype[edge] = (byte)Enumerable.Range(0, space.Operations.Count)
                .MaxBy(operation => action[first + operation] + (noise * Normal.Draw(1, random)[0]));
        }

        return space.IndexOf(genotype);
    }

    private static double[] OneHot(ISearchSpace space, int cell)
    {
        double[] encoding = new double[space.DecisionCount * space.Operations.Count];
        ReadOnlySpan<byte> genotype = space.Genotype(cell);
        for (int edge = 0; edge < genotype.Length; edge++)
        {
            encoding[(edge * space.Operations.Count) + genotype[edge]] = 1;
        }

        return encoding;
    }
}
