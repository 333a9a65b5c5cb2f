using PelNas.Shared.Torch.Learning;
using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>
/// BossNAS (Li et al., arXiv 2103.12424): each stage of the supernet is trained by itself and without classes. Of a batch there are two
/// views; the projection of every sampled cell on the one has to predict the mean projection of all sampled cells on the other, which a
/// slowly following copy of the network makes. A cell's score is its loss over the three stages, its sign turned.
/// </summary>
/// <remarks>Four cells a batch, projections to 32 numbers and views by shift, mirror and noise are ours.</remarks>
internal sealed class BlockMethod : ISupernetMethod
{
    private const int Paths = 4;
    private const int Hidden = 64;
    private const int Projection = 32;
    private const double Follow = 0.01;
    private const double Noise = 0.1;
    private const int ScoringImages = 256;

    private readonly int _seed;
    private readonly Branch _online;
    private readonly Branch _target;
    private readonly Perceptron[] _predictors;
    private readonly WeightDescent _descent;

    /// <summary>Makes the method.</summary>
    public BlockMethod(NetworkShape shape, int seed)
    {
        _seed = seed;
        _online = new Branch(shape, seed);
        _target = new Branch(shape, seed);
        _predictors = [.. Enumerable.Range(0, MacroNetwork.Stages)
            .Select(stage => new Perceptron(seed + 50 + stage, Projection, Hidden, Projection))];
        Trained = [.. _online.Parameters, .. _predictors.SelectMany(predictor => predictor.Parameters)];
        _descent = new WeightDescent(Trained);
    }

    public int StepsPerEpoch => 25;

    public IReadOnlyList<Tensor> State => [.. Trained, .. _target.Parameters, .. _descent.State];

    private IReadOnlyList<Tensor> Trained { get; }

    public double Step(ImageBatches batches, double progress)
    {
        ImageBatch batch = batches.Weights();
        Random random = SeededRandom.For(_seed, "supernet-views", batches.Drawn.Weights);
        byte[][] cells = [.. Enumerable.Range(0, Paths).Select(_ => PathMethod.RandomCell(random))];
        Tensor[] targets = Targets(cells, View(batch.Images, random));
        Tensor view = View(batch.Images, random);
        Tensor loss = stack([.. cells.Select(cell => Loss(cell, view, targets))]).mean();
        _descent.Step(loss, progress);
        using IDisposable noGradients = no_grad();
        foreach ((Tensor slow, Tensor fast) in _target.Parameters.Zip(_online.Parameters))
        {
            slow.ScaleAndShiftInPlace(1 - Follow, 0).AddInPlace(fast, Follow);
        }

        return loss.item<float>();
    }

    public double[][]? EndEpoch() => null;

    public IReadOnlyList<(string Name, double Value)> Score(byte[] cell, ImageBatches batches)
    {
        using IDisposable noGradients = no_grad();
        Random random = SeededRandom.For(_seed, "supernet-scoring");
        byte[][] others = [.. Enumerable.Range(0, Paths).Select(_ => PathMethod.RandomCell(random))];
        double loss = 0;
        foreach (ImageBatch batch in batches.Validation(ScoringImages))
        {
            using DisposeScope scope = NewDisposeScope();
            Tensor[] targets = Targets(others, View(batch.Images, random));
            loss += Loss(cell, View(batch.Images, random), targets).item<float>();
        }

        return [("agreement", -loss)];
    }

    public byte[] Find(ImageBatches batches, Random random) => CellEvolution.Best(cell => Score(cell, batches)[0].Value, random);

    public void Dispose()
    {
        _descent.Dispose();
        _online.Dispose();
        _target.Dispose();
        _predictors.DisposeAll();
    }

    /// <summary>Rows of length 1.</summary>
    private static Tensor Unit(Tensor rows) => rows.div(rows.Squared().sum(1, keepdim: true).sqrt().Plus(1e-6));

    private static Tensor View(Tensor images, Random random)
    {
        Tensor moved = images.roll([random.Next(-3, 4), random.Next(-3, 4)], [2, 3]);
        using Generator generator = new((ulong)random.Next(), CPU);
        Tensor noise = randn(images.shape, generator: generator);
        return (random.Next(2) == 0 ? moved.flip(3) : moved).Plus(noise.Times(Noise));
    }

    /// <summary>For each stage the mean of the cells' projections, each of length 1.</summary>
    private Tensor[] Targets(byte[][] cells, Tensor view)
    {
        using IDisposable noGradients = no_grad();
        Tensor[][] projections = [.. cells.Select(cell => _target.Projections(cell, view))];
        return [.. Enumerable.Range(0, MacroNetwork.Stages)
            .Select(stage => stack([.. projections.Select(projection => Unit(projection[stage]))]).mean([0L]))];
    }

    /// <summary>The mean squared distance of predictions and targets, summed over the stages.</summary>
    private Tensor Loss(byte[] cell, Tensor view, Tensor[] targets)
        => stack(
            [.. _online.Projections(cell, view)
                .Select((projection, stage) =>
                    Unit(_predictors[stage].Apply(projection)).sub(Unit(targets[stage])).Squared().sum(1).mean())]).sum();

    /// <summary>A supernet with a projection after each stage.</summary>
    private sealed class Branch : IDisposable
    {
        private readonly Supernet _supernet;
        private readonly Perceptron[] _projectors;

        public Branch(NetworkShape shape, int seed)
        {
            _supernet = new Supernet(shape, seed);
            _projectors = [.. Enumerable.Range(0, MacroNetwork.Stages)
                .Select(stage => new Perceptron(seed + 10 + stage, shape.Channels << stage, Hidden, Projection))];
            Parameters = [.. _supernet.Network.Parameters, .. _projectors.SelectMany(projector => projector.Parameters)];
        }

        public IReadOnlyList<Tensor> Parameters { get; }

        /// <summary>The projection after each stage, [batch, 32]. No gradient crosses from one stage to the one before.</summary>
        public Tensor[] Projections(byte[] cell, Tensor images)
        {
            ForwardPass pass = new();
            _supernet.Mixture.SetPath(cell);
            Tensor[] projections = new Tensor[MacroNetwork.Stages];
            Tensor x = images;
            for (int stage = 0; stage < projections.Length; stage++)
            {
                x = _supernet.Network.Stage(stage, x.detach(), pass);
                projections[stage] = _projectors[stage].Apply(nn.functional.relu(x).mean([2, 3]));
            }

            return projections;
        }

        public void Dispose()
        {
            _supernet.Dispose();
            _projectors.DisposeAll();
        }
    }
}
