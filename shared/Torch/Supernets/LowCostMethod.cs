using PelNas.Shared.Torch.Networks;
using PelNas.Shared.Torch.Proxies;
using PelNas.Shared.Torch.Training;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>
/// LCMNAS (Lopes and Alexandre, arXiv 2203.05508): no supernet. A cell's network is judged by its input gradients before training and by
/// its accuracy after four short epochs, three to one. New cells come from a Markov chain along the edges whose chances are those of the
/// parents, drawn by rank; the best 15 % of a generation stay.
/// </summary>
/// <remarks>
/// The two parts differ in scale, so that it is their ranks that are added up here. An epoch is 25 batches. A step is a cell.
/// </remarks>
internal sealed class LowCostMethod : ISupernetMethod
{
    private const int Population = 20;
    private const double Elite = 0.15;
    private const double JacobianShare = 0.75;
    private const int JacobianImages = 256;
    private const int TrainingBatches = 4 * 25;
    private const int ValidationImages = 512;
    private const int MostCells = 4096;

    // Cell, as a number of base five, Jacobian score, accuracy; one row for each cell that was judged, the others of cell -1.
    private readonly Tensor _judged;
    private readonly NetworkShape _shape;
    private readonly int _seed;

    /// <summary>Makes the method.</summary>
    public LowCostMethod(NetworkShape shape, int seed)
    {
        (_shape, _seed) = (shape, seed);
        _judged = zeros(MostCells, 3).ScaleAndShiftInPlace(1, -1).DetachFromDisposeScope();
    }

    public int StepsPerEpoch => 1;

    public IReadOnlyList<Tensor> State => [_judged];

    public double Step(ImageBatches batches, double progress)
    {
        Judgement[] known = Known();
        if (known.Length == MostCells)
        {
            return 0;
        }

        Random random = SeededRandom.For(_seed, "lcmnas", known.Length);
        byte[] cell = known.Length < Population ? PathMethod.RandomCell(random) : MarkovCell(known, random);
        (double jacobian, double accuracy) = Judge(cell, batches);
        float[] row = [cell.Aggregate(0, (code, operation) => (code * Mixture.Operations) + operation), (float)jacobian, (float)accuracy];
        _judged[known.Length].copy_(tensor(row));
        return 1 - accuracy;
    }

    public double[][]? EndEpoch() => null;

    public IReadOnlyList<(string Name, double Value)> Score(byte[] cell, ImageBatches batches)
    {
        (double jacobian, double accuracy) = Judge(cell, batches);
        return [("mixed", Mixed(Known(), jacobian, accuracy)), ("jacobian", jacobian), ("accuracy", accuracy)];
    }

    public byte[] Find(ImageBatches batches, Random random)
    {
        Judgement[] known = Known();
        return known.MaxBy(judgement => Mixed(known, judgement.Jacobian, judgement.Accuracy))!.Cell;
    }

    public void Dispose() => _judged.Dispose();

    /// <summary>Three to one of the shares of the judged cells that are no better.</summary>
    private static double Mixed(Judgement[] known, double jacobian, double accuracy)
        => (JacobianShare * known.Count(other => other.Jacobian <= jacobian))
            + ((1 - JacobianShare) * known.Count(other => other.Accuracy <= accuracy));

    /// <summary>A cell whose edges follow one another as in parents that were drawn by their rank.</summary>
    private static byte[] MarkovCell(Judgement[] known, Random random)
    {
        // A generation: the elite of all before it, and those that were judged since.
        Judgement[] ranked = [.. known.OrderByDescending(judgement => Mixed(known, judgement.Jacobian, judgement.Accuracy))];
        int elite = (int)(Elite * Population);
        Judgement[] generation = [.. ranked.Take(elite).Union(known.TakeLast(Population - elite))
            .OrderBy(judgement => Array.IndexOf(ranked, judgement))];
        byte[] cell = new byte[Mixture.Edges];
        for (int edge = 0; edge < cell.Length; edge++)
        {
            Judgement[] fitting = [.. generation.Where(parent => edge == 0 || parent.Cell[edge - 1] == cell[edge - 1])];
            cell[edge] = random.Next(Population) == 0 || fitting.Length == 0
                ? (byte)random.Next(Mixture.Operations)
                : Roulette(fitting, random).Cell[edge];
        }

        return cell;
    }

    /// <summary>One of them, the first the likeliest, falling evenly to the last.</summary>
    private static Judgement Roulette(Judgement[] ranked, Random random)
    {
        int left = random.Next(ranked.Length * (ranked.Length + 1) / 2);
        int place = 0;
        while ((left -= ranked.Length - place) >= 0)
        {
            place++;
        }

        return ranked[place];
    }

    private (double Jacobian, double Accuracy) Judge(byte[] cell, ImageBatches batches)
    {
        using DisposeScope scope = NewDisposeScope();
        using WeightSource weights = WeightSource.Uniform(_seed);
        MacroNetwork network = new(cell, _shape, weights);
        ForwardPass pass = new();
        double jacobian = Jacobian(network, pass, batches);
        using WeightDescent descent = new(network.Parameters);
        for (int batch = 0; batch < TrainingBatches; batch++)
        {
            using DisposeScope step = NewDisposeScope();
            ImageBatch images = batches.Weights();
            Tensor loss = nn.functional.cross_entropy(network.Logits(images.Images, pass), images.Labels);
            descent.Step(loss, batch / (double)TrainingBatches);
        }

        double accuracy = batches.Validation(ValidationImages).Accuracy(images => network.Logits(images, pass));
        return (jacobian, accuracy);
    }

    /// <summary>10^4 over the terms of the correlations between the images' input gradients.</summary>
    private static double Jacobian(MacroNetwork network, ForwardPass pass, ImageBatches batches)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor[] rows = [.. batches.Validation(JacobianImages).Select(batch =>
        {
            Tensor images = batch.Images.requires_grad_();
            return autograd.grad([network.Logits(images, pass).sum()], [images])[0].flatten(1).to(ScalarType.Float64);
        })];
        return cat(rows, 0).CorrelationTerms(out _) is { } terms ? 1e4 / terms : 0;
    }

    private Judgement[] Known()
        => [.. _judged.data<float>().Chunk(3).TakeWhile(row => row[0] >= 0)
            .Select(row => new Judgement(CellOf((int)row[0]), row[1], row[2]))];

    private static byte[] CellOf(int code)
    {
        byte[] cell = new byte[Mixture.Edges];
        for (int edge = cell.Length - 1; edge >= 0; edge--)
        {
            (code, int operation) = Math.DivRem(code, Mixture.Operations);
            cell[edge] = (byte)operation;
        }

        return cell;
    }

    private sealed record Judgement(byte[] Cell, double Jacobian, double Accuracy);
}
