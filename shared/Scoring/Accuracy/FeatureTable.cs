using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Scoring.Accuracy;

/// <summary>Path features of every architecture of a space, standardised over the space; constant features are left out.</summary>
public sealed class FeatureTable : IFeatures
{
    private readonly double[][] _rows;

    /// <summary>Computes the table.</summary>
    public FeatureTable(ISearchSpace space)
    {
        ArgumentNullException.ThrowIfNull(space);
        int width = space.PathFeatureCount;
        double[][] raw = new double[space.Size][];
        double[] sums = new double[width];
        double[] squares = new double[width];
        for (int index = 0; index < raw.Length; index++)
        {
            raw[index] = new double[width];
            space.WritePathFeatures(index, raw[index]);
            for (int f = 0; f < width; f++)
            {
                sums[f] += raw[index][f];
                squares[f] += raw[index][f] * raw[index][f];
            }
        }

        double[] means = [.. sums.Select(sum => sum / raw.Length)];
        double[] deviations = [.. squares.Select((square, f) => Math.Sqrt(Math.Max(0, (square / raw.Length) - (means[f] * means[f]))))];
        int[] kept = [.. Enumerable.Range(0, width).Where(f => deviations[f] > 1e-9)];
        _rows = Array.ConvertAll(raw, row => Array.ConvertAll(kept, f => (row[f] - means[f]) / deviations[f]));
    }

    /// <summary>Features of one architecture, mean 0 and standard deviation 1 over the space. Not to be written to.</summary>
    public double[] this[int index] => _rows[index];
}
