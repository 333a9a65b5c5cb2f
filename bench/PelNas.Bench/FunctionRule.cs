using System.Globalization;
using PelNas.Shared.Comparison;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Bench;

/// <summary>
/// <c>function-rule</c>: the measures, by context, of a search that has labelled all functions of NAS-Bench-201 once, each at its fastest
/// cell: what no search with the rule can pass but by not labelling. What is missing from full marks is the luck of second trainings.
/// </summary>
internal static class FunctionRule
{
    public static void Run(TextWriter output)
    {
        BenchmarkTables tables = BenchmarkTables.OpenDefault();
        output.WriteLine("| context | functions | hypervolume ratio | IGD | front hit rate | live hypervolume ratio |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|");
        List<double[]> rows = [];
        List<double[]> validationRows = [];
        foreach ((string dataset, string device) in ContextGroups.Find(ContextGroups.All)!)
        {
            BenchmarkContext context = tables.GetContext(dataset, device);
            int[] fastest =
            [
                .. context.Space.LeastOfFunctions(cell => context.LatencyMs[cell], context.IsFeasible).Where(cell => cell >= 0),
            ];
            rows.Add(Measures(LabelSources.Test));
            validationRows.Add(Measures(LabelSources.Validation));
            output.WriteLine($"| {context.Name} | {fastest.Length} | {Figures(rows[^1])} |");

            double[] Measures(string labelsFrom)
            {
                FrontQuality quality = context.Metrics.Evaluate(fastest, labelsFrom);
                return [.. Metric.All.Select(metric => metric.Of(quality))];
            }
        }

        output.WriteLine($"| mean | | {Figures(Mean(rows))} |");
        output.WriteLine($"| mean, validation labels judged on test | | {Figures(Mean(validationRows))} |");
    }

    private static double[] Mean(List<double[]> rows) => [.. rows[0].Select((_, place) => rows.Average(row => row[place]))];

    private static string Figures(double[] measures)
        => string.Join(" | ", measures.Select(measure => measure.ToString("0.0000", CultureInfo.InvariantCulture)));
}
