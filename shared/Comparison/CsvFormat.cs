using PelNas.Shared.Comparison.Strategies;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Comparison;

/// <summary>
/// The lines of benchmark.csv and curves.csv: numbers as they round-trip, no field with a comma. Names of strategies and contexts are
/// the program's own.
/// </summary>
internal static class CsvFormat
{
    public const string RowHeader =
        "strategy,context,labelsFrom,seed,budget,proposer,labels,functions,hypervolume,hypervolumeRatio,igd,frontHitRate,trueFrontSize,"
            + "liveHypervolumeRatio,liveIgd,liveFrontHitRate,scored,invalid,duplicates,seedLabels,proposerLabels,operatorLabels,"
            + "predictorLabels,priorLabels,seconds,version";

    public const string CurveHeader =
        "strategy,context,labelsFrom,seed,budget,labels,hypervolume,hypervolumeRatio,igd,frontHitRate,trueFrontSize,liveHypervolumeRatio,"
            + "liveIgd,liveFrontHitRate";

    private const int QualityFields = 8;

    public static string Format(BenchmarkRow row) =>
        $"{Format(row.Key)},{row.Proposer},{row.Labels},{row.Functions},{Format(row.Quality)},{row.Scored},{row.Invalid},"
            + $"{row.Duplicates},{Format(row.Origins)},{row.Seconds:0.###},{row.Version}";

    public static string Format(CurveRow row) => $"{Format(row.Key)},{row.Labels},{Format(row.Quality)}";

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static BenchmarkRow ParseRow(string line)
    {
        string[] fields = Split(line, RowHeader);
        return new BenchmarkRow
        {
            Key = ParseKey(fields),
            Proposer = fields[5].Length > 0 ? fields[5] : null,
            Labels = Whole(fields[6]),
            Functions = Whole(fields[7]),
            Quality = ParseQuality(fields.AsSpan(8, QualityFields)),
            Scored = Whole(fields[16]),
            Invalid = Whole(fields[17]),
            Duplicates = Whole(fields[18]),
            Origins = fields[19].Length > 0
                ? new LabelOrigins(Number(fields[19]), Number(fields[20]), Number(fields[21]), Number(fields[22]), Number(fields[23]))
                : null,
            Seconds = Number(fields[24]),
            Version = fields[25],
        };
    }

    /// <summary>Reads a line.</summary>
    /// <exception cref="FormatException">It is not one.</exception>
    public static CurveRow ParseCurve(string line)
    {
        string[] fields = Split(line, CurveHeader);
        return new CurveRow(ParseKey(fields), Whole(fields[5]), ParseQuality(fields.AsSpan(6, QualityFields)));
    }

    private static string Format(BenchmarkKey key)
        => $"{key.Strategy},{key.Context},{key.LabelsFrom},{key.Seed},{key.Budget}";

    private static string Format(LabelOrigins? origins) => origins is null
        ? ",,,,"
        : $"{origins.Seed:R},{origins.Proposer:R},{origins.Operators:R},{origins.Predictor:R},{origins.Prior:R}";

    private static string Format(FrontQuality quality) =>
        $"{quality.Hypervolume:R},{quality.HypervolumeRatio:R},{quality.Igd:R},{quality.FrontHitRate:R},{quality.TrueFrontSize},"
            + $"{quality.LiveHypervolumeRatio:R},{quality.LiveIgd:R},{quality.LiveFrontHitRate:R}";

    private static string[] Split(string line, string header)
    {
        string[] fields = line.Split(',');
        int expected = header.Count(letter => letter == ',') + 1;
        return fields.Length == expected ? fields : throw new FormatException($"it has {fields.Length} fields and not {expected}");
    }

    private static BenchmarkKey ParseKey(string[] fields) => new(fields[0], fields[1], fields[2], Whole(fields[3]), Whole(fields[4]));

    private static FrontQuality ParseQuality(ReadOnlySpan<string> fields) => new()
    {
        Hypervolume = Number(fields[0]),
        HypervolumeRatio = Number(fields[1]),
        Igd = Number(fields[2]),
        FrontHitRate = Number(fields[3]),
        TrueFrontSize = Whole(fields[4]),
        LiveHypervolumeRatio = Number(fields[5]),
        LiveIgd = Number(fields[6]),
        LiveFrontHitRate = Number(fields[7]),
    };

    private static int Whole(string field) => int.TryParse(field, NumberStyles.Integer, CultureInfo.InvariantCulture, out int value)
        ? value
        : throw new FormatException($"'{UntrustedText.Cut(field, 40)}' is not a whole number");

    private static double Number(string field)
        => double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value)
            ? value
            : throw new FormatException($"'{UntrustedText.Cut(field, 40)}' is not a number");
}
