using Microsoft.ML;
using Microsoft.ML.Data;
using Microsoft.ML.Trainers.FastTree;
using Microsoft.ML.Trainers.LightGbm;

namespace PelNas.Bench.Prediction;

/// <summary>
/// Boosted trees of Microsoft.ML, with settings for few examples: small trees, slow learning, the same for every data set and number of
/// labels.
/// </summary>
internal static class Boosting
{
    private const int Trees = 100;
    private const int Leaves = 8;
    private const int LeastInLeaf = 3;
    private const double Rate = 0.15;

    /// <summary>Predictions for all rows by FastTree (Burges 2010, MART).</summary>
    public static double[] FastTree(double[][] rows, int[] labelled, double[] targets)
        => Predict(rows, labelled, targets, ml => ml.Regression.Trainers.FastTree(
            new FastTreeRegressionTrainer.Options
            {
                NumberOfTrees = Trees,
                NumberOfLeaves = Leaves,
                MinimumExampleCountPerLeaf = LeastInLeaf,
                LearningRate = Rate,
                NumberOfThreads = 1,
            }));

    /// <summary>Predictions for all rows by LightGBM (Ke et al. 2017).</summary>
    public static double[] LightGbm(double[][] rows, int[] labelled, double[] targets)
        => Predict(rows, labelled, targets, ml => ml.Regression.Trainers.LightGbm(
            new LightGbmRegressionTrainer.Options
            {
                NumberOfIterations = Trees,
                NumberOfLeaves = Leaves,
                MinimumExampleCountPerLeaf = LeastInLeaf,
                LearningRate = Rate,
                NumberOfThreads = 1,
            }));

    private static double[] Predict<T>(double[][] rows, int[] labelled, double[] targets, Func<MLContext, IEstimator<T>> trainer)
        where T : class, ITransformer
    {
        MLContext ml = new(seed: 1);
        SchemaDefinition schema = SchemaDefinition.Create(typeof(Example));
        schema[nameof(Example.Features)].ColumnType = new VectorDataViewType(NumberDataViewType.Single, rows[0].Length);
        float[][] features = Array.ConvertAll(rows, row => Array.ConvertAll(row, value => (float)value));
        IDataView paid = ml.Data.LoadFromEnumerable(
            labelled.Select((row, i) => new Example { Features = features[row], Label = (float)targets[i] }), schema);
        IDataView all = ml.Data.LoadFromEnumerable(features.Select(row => new Example { Features = row }), schema);
        IDataView scored = trainer(ml).Fit(paid).Transform(all);
        return [.. ml.Data.CreateEnumerable<Prediction>(scored, reuseRowObject: false).Select(row => (double)row.Score)];
    }

    private sealed class Example
    {
        public float[] Features { get; set; } = [];

        public float Label { get; set; }
    }

    private sealed class Prediction
    {
        public float Score { get; set; }
    }
}
