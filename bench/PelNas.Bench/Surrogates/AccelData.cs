using System.Globalization;
using PelNas.Shared.Common;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Bench.Surrogates;

/// <summary>The measured networks of Accel-NASBench with the split that its authors made of them.</summary>
internal sealed class AccelData
{
    public const string Train = "train";
    public const string Test = "test";

    private readonly SpaceBenchmark _measured;
    private readonly string[] _splits;

    public AccelData(BenchmarkTables tables)
    {
        _measured = (SpaceBenchmark)tables.GetSpace(ShippedSpaces.AccelNasBench);
        string text = PackedFile.ReadAllText(Path.Combine(AppContext.BaseDirectory, "accel-nasbench-split.csv.gz"));
        _splits = [.. text.TrimEnd().Split('\n').Skip(1).Select(line => line.Split(',')[1])];
    }

    /// <summary>What the surrogates predict, by column of their table.</summary>
    public static IReadOnlyList<string> Targets
        => [AccelSurrogates.Accuracy, .. ShippedSpaces.AccelDevices, AccelSurrogates.Macs, AccelSurrogates.Params];

    /// <summary>The networks of a split with a value of a target.</summary>
    public (byte[][] Networks, double[] Values) Read(string target, string split)
    {
        ISearchSpace space = _measured.Space;
        Func<int, double> value = target switch
        {
            AccelSurrogates.Macs => index => space.FlopsM(index),
            AccelSurrogates.Params => index => space.ParamsM(index),
            AccelSurrogates.Accuracy => index => _measured.GetContext("imagenet", ShippedSpaces.AccelDevices[0]).TestAccuracy[index],
            _ => index => _measured.GetContext("imagenet", target).LatencyMs[index],
        };
        int[] indices = [.. Enumerable.Range(0, space.Size).Where(index => _splits[index] == split && double.IsFinite(value(index)))];
        return ([.. indices.Select(index => space.Genotype(index).ToArray())], Array.ConvertAll(indices, index => value(index)));
    }

    /// <summary>Seven digits, so that the file is the same on every machine that computes a little otherwise.</summary>
    public static string Format(double value) => value.ToString("G7", CultureInfo.InvariantCulture);
}
