using MathNet.Numerics;
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.Optimization;
using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.SearchSpaces;

namespace PelNas.Shared.Comparison.Systems;

/// <summary>
/// <c>flash</c> (Li et al., arXiv 2108.00568): accuracy as a curve with three constants of one number that needs no training, the
/// NN-degree, and latency as a sum over operations; both fitted on what is labelled, 25 cells at first. Labelled is the predicted front.
/// </summary>
/// <remarks>
/// NN-degree, curve and latency model are the paper's, as remembered; rounds of eight and chance between cells with the same prediction, of
/// which this space has many, are ours. The latencies of the table are not used to choose: the model stands for them.
/// </remarks>
internal sealed class Flash : IRoundPlanner
{
    /// <summary>Cells that the first fit sees.</summary>
    public const int Founders = 25;

    public IReadOnlyList<int> Plan(SearchTrial trial, IReadOnlyList<Individual> labelled, int count, Random random)
    {
        byte[][] cells = LiveCell.All(trial.Space);
        Individual[] alive = [.. labelled.Where(label => LiveCell.IsAlive(cells[label.Index]))];
        Func<double, double> accuracy = FitAccuracy(
            [.. alive.Select(label => NnDegree.Of(cells[label.Index]))], [.. alive.Select(label => 1 - (label.Objectives[1] / 100))]);
        double[] latency = NonNegativeLeastSquares.Solve(
            [.. alive.Select(label => Counts(cells[label.Index]))], [.. alive.Select(label => label.Objectives[0])]);
        int[] candidates = [.. Enumerable.Range(0, trial.Space.Size).Where(index => trial.IsOpen(index) && LiveCell.IsAlive(cells[index]))];
        random.Shuffle(candidates);
        Individual[] distinct =
        [
            .. candidates.DistinctBy(index => LiveCell.Summary(cells[index])).Select(index => new Individual(
                index,
                [Counts(cells[index]).Zip(latency, (number, cost) => number * cost).Sum(), 1 - accuracy(NnDegree.Of(cells[index]))])),
        ];
        foreach (int candidate in candidates)
        {
            trial.Ledger.CountScored(candidate);
        }

        return RankedSurvival.BestIndices(distinct, count);
    }

    /// <summary>The curve 1 / (a + exp(b / g + c)) of least squared error, by Levenberg and Marquardt's method.</summary>
    /// <param name="degrees">g, more than 0.</param>
    /// <param name="accuracies">0 to 1.</param>
    internal static Func<double, double> FitAccuracy(double[] degrees, double[] accuracies)
    {
        if (degrees.Length == 0)
        {
            return _ => 0;
        }

        // Start: the asymptote a little above the best accuracy, and a line through the logarithms of what is missing.
        double a = 0.98 / accuracies.Max();
        double[] x = [.. degrees.Select(degree => 1 / degree)];
        double[] y = [.. accuracies.Select(accuracy => Math.Log((1 / accuracy) - a))];
        (double c, double b) = degrees.Distinct().Skip(1).Any() ? Fit.Line(x, y) : (y.Average(), 0);
        Vector<double> start = Vector<double>.Build.DenseOfArray([a, b, c]);
        if (degrees.Distinct().Count() <= start.Count)
        {
            return degree => Curve(start, degree);
        }

        IObjectiveModel model = ObjectiveFunction.NonlinearModel(
            (p, g) => g.Map(degree => Curve(p, degree)), Vector<double>.Build.DenseOfArray(degrees),
            Vector<double>.Build.DenseOfArray(accuracies));
        Vector<double> fitted = new LevenbergMarquardtMinimizer(maximumIterations: 200).FindMinimum(model, start).MinimizingPoint;
        return degree => Curve(fitted, degree);
    }

    private static double Curve(Vector<double> p, double degree) => 1 / (p[0] + Math.Exp((p[1] / degree) + p[2]));

    /// <summary>One for the rest of the network, and the live edges with each operation.</summary>
    private static double[] Counts(byte[] cell)
    {
        return
        [
            1,
            LiveCell.Count(cell, NasBench201Operation.SkipConnect),
            LiveCell.Count(cell, NasBench201Operation.AvgPool3x3),
            LiveCell.Count(cell, NasBench201Operation.Conv1x1),
            LiveCell.Count(cell, NasBench201Operation.Conv3x3),
        ];
    }
}
