using PelNas.Shared.Torch.Loading;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Learning;

/// <summary>
/// Actor and critic of two hidden layers with 128 units: the critic learns a quantile of the reward of an action in a state, the actor, a
/// softmax over the operations of each edge, learns to raise it. Loads LibTorch; computes on the calling thread.
/// </summary>
public sealed class QuantileActorCritic : IDisposable
{
    private const int Hidden = 128;
    private const double ActorRate = 1e-3;
    private const double CriticRate = 1e-3;

    private readonly int _decisions;
    private readonly int _operations;
    private readonly double _quantile;
    private readonly Perceptron _actor;
    private readonly Perceptron _critic;
    private readonly AdamOptimizer _actorSteps;
    private readonly AdamOptimizer _criticSteps;

    /// <summary>An untrained agent.</summary>
    /// <param name="operations">Operations of an edge.</param>
    /// <param name="states">Numbers of a state.</param>
    /// <param name="quantile">Quantile of the reward, 0 to 1.</param>
    /// <param name="seed">Seed of the weights.</param>
    /// <exception cref="LibTorchException">LibTorch cannot be loaded here.</exception>
    public QuantileActorCritic(int decisions, int operations, int states, double quantile, int seed)
    {
        LibTorch.EnsureLoaded();
        (_decisions, _operations, _quantile) = (decisions, operations, quantile);
        _actor = new Perceptron(seed, states, Hidden, Hidden, decisions * operations);
        _critic = new Perceptron(seed + 1, states + (decisions * operations), Hidden, Hidden, 1);
        _actorSteps = new AdamOptimizer(_actor.Parameters, ActorRate);
        _criticSteps = new AdamOptimizer(_critic.Parameters, CriticRate);
    }

    /// <summary>The actor's action: for each edge the probabilities of its operations.</summary>
    public double[] Act(double[] state)
    {
        using DisposeScope scope = NewDisposeScope();
        using IDisposable noGradients = no_grad();
        return [.. Softmax(Matrix([state])).data<float>().Select(probability => (double)probability)];
    }

    /// <summary>One step of the critic and one of the actor.</summary>
    /// <param name="actions">The action that was taken there, one-hot.</param>
    /// <param name="rewards">What it brought.</param>
    public void Learn(double[][] states, double[][] actions, double[] rewards)
    {
        set_num_threads(1);
        using DisposeScope scope = NewDisposeScope();
        Tensor state = Matrix(states);
        Tensor reward = Matrix([rewards]).squeeze(0);
        _criticSteps.Step(Losses.Check(reward, Judge(state, Matrix(actions)), _quantile).mean());
        _actorSteps.Step(Judge(state, Softmax(state)).mean().neg());
    }

    /// <summary>Frees the networks.</summary>
    public void Dispose() => ((IDisposable[])[_actorSteps, _criticSteps, _actor, _critic]).DisposeAll();

    private Tensor Softmax(Tensor states) => nn.functional.softmax(_actor.Apply(states).view(-1, _decisions, _operations), -1).flatten(1);

    private Tensor Judge(Tensor states, Tensor actions) => _critic.Apply(cat([states, actions], 1)).squeeze(1);

    private static Tensor Matrix(double[][] rows)
        => tensor([.. rows.SelectMany(row => row).Select(value => (float)value)], [rows.Length, rows[0].Length]);
}
