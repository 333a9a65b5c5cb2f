using PelNas.Shared.Evolution;
using PelNas.Shared.SearchSpaces;
using TorchSharp;
using static TorchSharp.torch;

namespace PelNas.Shared.Torch.Supernets;

/// <summary>
/// Finds a cell of high score with few evaluations: random cells, then one-edit children of the best of small samples, the oldest dying.
/// </summary>
internal static class CellEvolution
{
    private const int Evaluations = 200;
    private const int Population = 30;
    private const int Sample = 10;

    /// <summary>The best cell that was evaluated.</summary>
    public static byte[] Best(Func<byte[], double> score, Random random)
    {
        Queue<(byte[] Cell, double Score)> population = [];
        (byte[] Cell, double Score) best = ([], double.NegativeInfinity);
        for (int evaluation = 0; evaluation < Evaluations; evaluation++)
        {
            // The images that a score looked at are as large as all weights.
            using DisposeScope scope = NewDisposeScope();
            byte[] cell = population.Count < Population
                ? PathMethod.RandomCell(random)
                : Child(random.GetItems(population.ToArray(), Sample).MaxBy(member => member.Score).Cell, random);
            (byte[] Cell, double Score) born = (cell, score(cell));
            best = born.Score > best.Score ? born : best;
            population.Enqueue(born);
            if (population.Count > Population)
            {
                population.Dequeue();
            }
        }

        return best.Cell;
    }

    private static byte[] Child(byte[] parent, Random random)
    {
        byte[] child = [.. parent];
        GenotypeVariation.MutateOne(NasBench201.Instance, child, random);
        return child;
    }
}
