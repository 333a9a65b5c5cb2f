using System.Numerics.Tensors;

namespace PelNas.Shared.Predictor;

/// <summary>Covariances of labels with successive functions of a table, whitened by the factor of the labels' own.</summary>
/// <param name="Start">The first function.</param>
/// <param name="Count">Number of functions.</param>
/// <param name="Rows">A row a label, a column a function.</param>
internal sealed record WhitenedBlock(int Start, int Count, double[][] Rows)
{
    /// <summary>The block with more labels.</summary>
    /// <param name="table">The functions of the labels.</param>
    /// <param name="more">The labels.</param>
    /// <param name="others">The table that the block is of, on the same scale.</param>
    /// <param name="parameters">Hyperparameters.</param>
    /// <param name="factor">Factor of the covariance of all labels.</param>
    public WhitenedBlock With(
        FunctionTable table,
        IReadOnlyList<(int Function, double Accuracy)> more,
        FunctionTable others,
        KernelParameters parameters,
        LowerFactor factor)
    {
        double[][] rows = [.. Rows, .. new double[more.Count][]];
        Parallel.For(0, more.Count, label => rows[Rows.Length + label] = Covariances(more[label].Function));
        factor.SolveRows(rows, Rows.Length);
        return this with { Rows = rows };

        double[] Covariances(int function)
        {
            double[] covariances = new double[Count];
            for (int place = 0; place < Count; place++)
            {
                covariances[place] = FunctionKernel.Covariance(FunctionKernel.Compare(table, function, others, Start + place), parameters);
            }

            return covariances;
        }
    }

    /// <summary>Posterior means of the functions' values, and the shares of their prior variances that the labels explain.</summary>
    /// <param name="mean">Mean of the process.</param>
    /// <param name="weights">Whitened deviations of the labels from it.</param>
    public (double[] Means, double[] Explained) Explain(double mean, double[] weights)
    {
        double[] means = new double[Count];
        Array.Fill(means, mean);
        double[] explained = new double[Count];
        for (int label = 0; label < Rows.Length; label++)
        {
            TensorPrimitives.MultiplyAdd(Rows[label], weights[label], means, means);
            TensorPrimitives.MultiplyAdd(Rows[label], Rows[label], explained, explained);
        }

        return (means, explained);
    }

    /// <summary>The whitened covariances of one function with the labels.</summary>
    public double[] Column(int function) => Array.ConvertAll(Rows, row => row[function - Start]);
}
