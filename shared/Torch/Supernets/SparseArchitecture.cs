using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>
/// ISTA-NAS (Yang et al., NeurIPS 2020): an edge's five operations are compressed to three numbers by a fixed random matrix, and it is
/// these that are learnt. After each epoch the sparse vector behind them is recovered; only its largest operation is computed until the
/// next.
/// </summary>
internal sealed class SparseArchitecture : IArchitectureParameters
{
    private const int Measurements = 3;
    private const double Penalty1 = 1e-5;
    private const double Deviation = 1e-3;

    private readonly double[][][] _matrices;
    private readonly byte[] _support = new byte[Mixture.Edges];
    private readonly double[] _biases = new double[Mixture.Edges];
    private double[][] _recovered = [];

    /// <summary>Numbers near zero, drawn by the seed.</summary>
    public SparseArchitecture(int seed)
    {
        Random random = SeededRandom.For(seed, "ista-matrices");
        _matrices =
        [
            .. Enumerable.Range(0, Mixture.Edges).Select(_ => Enumerable.Range(0, Measurements)
                .Select(_ => Enumerable.Range(0, Mixture.Operations).Select(_ => random.NextDouble()).ToArray()).ToArray()),
        ];
        using Generator generator = new((ulong)seed, CPU);
        using Tensor drawn = randn([Mixture.Edges, Measurements], generator: generator);
        Values = drawn.Times(Deviation).requires_grad_().DetachFromDisposeScope();
        EndEpoch();
    }

    public Tensor Values { get; }

    public void SetUp(Mixture mixture, bool isLearning)
    {
        // The weight of the kept operation s: b' A_s - [(A'A - I) x]_s, x without all but s.
        Tensor columns = tensor(
            [.. Enumerable.Range(0, Mixture.Edges).SelectMany(edge => _matrices[edge].Select(row => (float)row[_support[edge]]))],
            [Mixture.Edges, Measurements]);
        Tensor weights = (isLearning ? Values : Values.detach()).mul(columns).sum(1).sub(tensor([.. _biases.Select(bias => (float)bias)]));
        mixture.SetPath(_support, weights);
    }

    public Tensor? Penalty(double progress) => null;

    public void EndEpoch()
    {
        double[][] measured = [.. Values.data<float>().Select(value => (double)value).Chunk(Measurements)];
        _recovered = [.. measured.Select((values, edge) => SparseRecovery.Solve(_matrices[edge], values, Penalty1))];
        for (int edge = 0; edge < Mixture.Edges; edge++)
        {
            int kept = Array.IndexOf(_recovered[edge], _recovered[edge].Max());
            _support[edge] = (byte)kept;
            _biases[edge] = (_matrices[edge].Sum(row => row[kept] * row[kept]) - 1) * _recovered[edge][kept];
        }
    }

    public double[][] Table() => _recovered;

    /// <summary>The column of an operation in each edge's matrix.</summary>
    internal double[][] Columns(int operation) => [.. _matrices.Select(matrix => matrix.Select(row => row[operation]).ToArray())];

    public void Dispose() => Values.Dispose();
}
