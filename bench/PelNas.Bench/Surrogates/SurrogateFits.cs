using System.Globalization;
using System.IO.Compression;
using System.Text;
using PelNas.Shared.Common;
using PelNas.Shared.Tables;

namespace PelNas.Bench.Surrogates;

/// <summary>
/// <c>accel-surrogates FILE</c>: fits the surrogates of Accel-NASBench on its authors' training split, their form chosen by
/// cross-validation there, scores them on the test split, and writes their weights.
/// </summary>
internal static class SurrogateFits
{
    private const int Folds = 5;
    private const int Resamples = 1000;

    private static readonly RidgeFit[] Forms =
    [
        .. new[] { 0.001, 0.1, 1, 3 }.SelectMany(penalty => new RidgeFit[] { new(Pairs: false, penalty), new(Pairs: true, penalty) }),
    ];

    public static void Run(TextWriter output, string file)
    {
        AccelData data = new(BenchmarkTables.OpenDefault());
        List<string[]> columns = [];
        output.WriteLine(
            "| target | scale | pairs | penalty | cross-validated error, other scale | Kendall tau on test | 95 % | error on test "
                + "|\n|---|---|---|---|---|---|---|---|");
        foreach (string target in AccelData.Targets)
        {
            Scale[] scales = target == AccelSurrogates.Accuracy ? [Scale.Gap, Scale.Plain] : [Scale.Plain, Scale.Log];
            (byte[][] networks, double[] values) = data.Read(target, AccelData.Train);
            (RidgeFit Form, double[] Errors)[] tried = [.. Forms.AsParallel().AsOrdered()
                .Select(form => (form, CrossValidated(form, networks, values, scales)))];
            (RidgeFit form, double[] errors) = tried.MinBy(candidate => candidate.Errors[0]);
            double otherwise = tried.Min(candidate => candidate.Errors[1]);
            double[] weights = Array.ConvertAll(
                form.Fit(networks, [.. values.Select(scales[0].To)])[0],
                weight => double.Parse(AccelData.Format(weight), CultureInfo.InvariantCulture));
            columns.Add(Array.ConvertAll(weights, AccelData.Format));

            (byte[][] tests, double[] truth) = data.Read(target, AccelData.Test);
            double[] predicted = Array.ConvertAll(tests, test => scales[0].From(Predict(weights, test)));
            (double low, double high) = Bootstrap(predicted, truth);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"| {target} | {scales[0].Name} | {(form.Pairs ? "yes" : "no")} | {form.Penalty} | {errors[0]:0.#####}, "
                    + $"{otherwise:0.#####} ({scales[1].Name}) | {Tau(predicted, truth):.0000} | {low:.0000} to {high:.0000} | "
                    + $"{Error(predicted, truth):0.#####} |"));
        }

        Write(file, columns);
    }

    /// <summary>Root mean square of the cross-validated error in units of the target, by scale.</summary>
    private static double[] CrossValidated(RidgeFit form, byte[][] networks, double[] values, Scale[] scales)
    {
        double[][] predicted = Array.ConvertAll(scales, _ => new double[values.Length]);
        for (int fold = 0; fold < Folds; fold++)
        {
            double[][] weights = form.Fit(
                [.. networks.Where((_, network) => network % Folds != fold)],
                Array.ConvertAll(scales, scale => values.Where((_, network) => network % Folds != fold).Select(scale.To).ToArray()));
            for (int network = fold; network < values.Length; network += Folds)
            {
                for (int scale = 0; scale < scales.Length; scale++)
                {
                    predicted[scale][network] = scales[scale].From(Predict(weights[scale], networks[network]));
                }
            }
        }

        return Array.ConvertAll(predicted, guesses => Error(guesses, values));
    }

    private static double Predict(double[] weights, byte[] network)
    {
        double[] features = new double[AccelSurrogates.Count];
        AccelSurrogates.WriteFeatures(network, features);
        return weights.Zip(features, (weight, feature) => weight * feature).Sum();
    }

    private static double Error(double[] predicted, double[] truth)
        => Math.Sqrt(predicted.Zip(truth, (guess, value) => (guess - value) * (guess - value)).Average());

    private static (double Low, double High) Bootstrap(double[] predicted, double[] truth)
    {
        double[] taus = [.. Enumerable.Range(0, Resamples).AsParallel().AsOrdered().Select(resample =>
        {
            Random random = SeededRandom.For(1, "bootstrap", resample);
            int[] drawn = [.. truth.Select(_ => random.Next(truth.Length))];
            return Tau(Array.ConvertAll(drawn, place => predicted[place]), Array.ConvertAll(drawn, place => truth[place]));
        })];
        Array.Sort(taus);
        return (taus[(int)(0.025 * Resamples)], taus[(int)(0.975 * Resamples)]);
    }

    /// <summary>Kendall's tau without the pairs that are tied in either (Goodman and Kruskal's gamma).</summary>
    private static double Tau(double[] first, double[] second)
    {
        int concordant = 0;
        int discordant = 0;
        for (int i = 0; i < first.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                double product = (first[i] - first[j]) * (second[i] - second[j]);
                concordant += product > 0 ? 1 : 0;
                discordant += product < 0 ? 1 : 0;
            }
        }

        return (concordant - discordant) / (double)(concordant + discordant);
    }

    private static void Write(string file, List<string[]> columns)
    {
        StringBuilder text = new($"index,{string.Join(',', AccelData.Targets)}\n");
        for (int weight = 0; weight < AccelSurrogates.Count; weight++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{weight},{string.Join(',', columns.Select(column => column[weight]))}\n");
        }

        using GZipStream gzip = new(File.Create(file), CompressionLevel.SmallestSize);
        gzip.Write(Encoding.UTF8.GetBytes(text.ToString()));
    }

    /// <summary>The scale that a target is fitted on.</summary>
    private sealed record Scale(string Name, Func<double, double> To, Func<double, double> From)
    {
        public static readonly Scale Plain = new("plain", value => value, fitted => fitted);
        public static readonly Scale Log = new("logarithm", value => Math.Log(value), Math.Exp);
        public static readonly Scale Gap = new(
            "-log(72 - percent)", value => -Math.Log(AccelSurrogates.Ceiling - value),
            fitted => AccelSurrogates.Ceiling - Math.Exp(-fitted));
    }
}
