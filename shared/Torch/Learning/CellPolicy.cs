using PelNas.Shared.Torch.Loading;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Learning;

/// <summary>
/// A policy that chooses a cell edge by edge, each knowing those before it, trained by PPO; beside it a critic of whole cells and one of
/// the critic's own error. All see one number more, the goal. Loads LibTorch; computes on the calling thread.
/// </summary>
public sealed class CellPolicy : IDisposable
{
    private const int Hidden = 64;
    private const double PolicyRate = 3e-3;
    private const double CriticRate = 3e-3;
    private const double Clip = 0.2;
    private const double MostReplayRatio = 1.5;
    private const double EntropyBonus = 0.01;

    private readonly int _decisions;
    private readonly int _operations;
    private readonly Perceptron _policy;
    private readonly Perceptron _value;
    private readonly Perceptron _doubt;
    private readonly AdamOptimizer _policySteps;
    private readonly AdamOptimizer _valueSteps;
    private readonly AdamOptimizer _doubtSteps;

    /// <summary>An untrained policy.</summary>
    /// <param name="operations">Operations of an edge.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <exception cref="LibTorchException">LibTorch cannot be loaded here.</exception>
    public CellPolicy(int decisions, int operations, int seed)
    {
        LibTorch.EnsureLoaded();
        (_decisions, _operations) = (decisions, operations);
        int width = decisions * operations;
        _policy = new Perceptron(seed, width + 1, Hidden, Hidden, width);
        _value = new Perceptron(seed + 1, width + 1, Hidden, Hidden, 1);
        _doubt = new Perceptron(seed + 2, width + 1, Hidden, Hidden, 1);
        _policySteps = new AdamOptimizer(_policy.Parameters, PolicyRate);
        _valueSteps = new AdamOptimizer(_value.Parameters, CriticRate);
        _doubtSteps = new AdamOptimizer(_doubt.Parameters, CriticRate);
    }

    /// <summary>Draws a cell for each goal.</summary>
    /// <param name="goals">A number each, about -1 to 1.</param>
    /// <param name="random">Generator.</param>
    public PolicySample[] Draw(double[] goals, Random random)
    {
        set_num_threads(1);
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        byte[][] cells = [.. goals.Select(_ => new byte[_decisions])];
        double[] logarithms = new double[goals.Length];
        for (int edge = 0; edge < _decisions; edge++)
        {
            float[] chances = [.. LogChances(cells, goals, edge).exp().data<float>()];
            for (int sample = 0; sample < cells.Length; sample++)
            {
                double left = random.NextDouble();
                int operation = 0;
                while (operation < _operations - 1 && (left -= chances[(sample * _operations) + operation]) >= 0)
                {
                    operation++;
                }

                cells[sample][edge] = (byte)operation;
                logarithms[sample] += Math.Log(chances[(sample * _operations) + operation]);
            }
        }

        return [.. cells.Select((cell, sample) => new PolicySample(cell, goals[sample], logarithms[sample]))];
    }

    /// <summary>What the critics say of each sample: its reward, and how far off that may be.</summary>
    public (double Value, double Doubt)[] Judge(PolicySample[] samples)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        Tensor whole = Encode(samples);
        return [.. _value.Apply(whole).data<float>()
            .Zip(_doubt.Apply(whole).data<float>(), (value, doubt) => ((double)value, (double)doubt))];
    }

    /// <summary>One step of both critics on rewards that were paid for.</summary>
    public void LearnRewards(PolicySample[] samples, double[] rewards)
    {
        set_num_threads(1);
        using DisposeScope scope = NewDisposeScope();
        Tensor whole = Encode(samples);
        Tensor reward = Vector(rewards);
        Tensor value = _value.Apply(whole).squeeze(1);
        Tensor error = value.detach().sub(reward).abs();
        _valueSteps.Step(value.sub(reward).Squared().mean());
        _doubtSteps.Step(_doubt.Apply(whole).squeeze(1).sub(error).Squared().mean());
    }

    /// <summary>One step of PPO.</summary>
    /// <param name="samples">What was drawn, by this policy or, replayed, by an earlier one.</param>
    /// <param name="advantages">How much better than usual each was.</param>
    public void Improve(PolicySample[] samples, double[] advantages)
    {
        set_num_threads(1);
        using DisposeScope scope = NewDisposeScope();
        byte[][] cells = [.. samples.Select(sample => sample.Cell)];
        double[] goals = [.. samples.Select(sample => sample.Goal)];
        Tensor logarithm = zeros(samples.Length);
        Tensor entropy = zeros(samples.Length);
        for (int edge = 0; edge < _decisions; edge++)
        {
            int place = edge;
            Tensor chances = LogChances(cells, goals, edge);
            Tensor chosen = tensor([.. cells.Select(cell => (long)cell[place])], [cells.Length, 1]);
            logarithm = logarithm.Plus(chances.gather(1, chosen).squeeze(1));
            entropy = entropy.sub(chances.exp().mul(chances).sum(1));
        }

        Tensor ratio = logarithm.sub(Vector([.. samples.Select(sample => sample.LogChance)])).exp().AtMost(MostReplayRatio);
        _policySteps.Step(Losses.Clipped(ratio, Vector(advantages), Clip).Plus(entropy.Times(EntropyBonus)).mean().neg());
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose()
        => ((IDisposable[])[_policySteps, _valueSteps, _doubtSteps, _policy, _value, _doubt]).DisposeAll();

    /// <summary>Logarithms of an edge's chances, [cells, operations]; the edges from it on are hidden.</summary>
    private Tensor LogChances(byte[][] cells, double[] goals, int edge)
        => nn.functional.log_softmax(_policy.Apply(Encode(cells, goals, edge)).narrow(1, edge * _operations, _operations), 1);

    private Tensor Encode(PolicySample[] samples)
        => Encode([.. samples.Select(sample => sample.Cell)], [.. samples.Select(sample => sample.Goal)], _decisions);

    private Tensor Encode(byte[][] cells, double[] goals, int edges)
    {
        int width = (_decisions * _operations) + 1;
        float[] rows = new float[cells.Length * width];
        for (int row = 0; row < cells.Length; row++)
        {
            for (int edge = 0; edge < edges; edge++)
            {
                rows[(row * width) + (edge * _operations) + cells[row][edge]] = 1;
            }

            rows[((row + 1) * width) - 1] = (float)goals[row];
        }

        return tensor(rows, [cells.Length, width]);
    }

    private static Tensor Vector(double[] values) => tensor([.. values.Select(value => (float)value)]);
}

/// <summary>A cell that a policy drew.</summary>
/// <param name="Cell">An operation for each edge.</param>
/// <param name="Goal">The goal it was drawn for.</param>
/// <param name="LogChance">Logarithm of the probability with which it was drawn.</param>
public sealed record PolicySample(byte[] Cell, double Goal, double LogChance);
