using System.Text.Json;

namespace PelNas.Cli.Searching;

/// <summary>Names the option of the command line that a field of a request comes from.</summary>
internal static class RequestOptions
{
    /// <summary>Turns all field errors into one usage error, in which each names its option.</summary>
    public static UsageException ToUsage(IReadOnlyList<FieldError> errors)
        => new(FieldError.Describe(errors.Select(error => new FieldError(NameOf(error.Field), error.Message.TrimEnd('.')))) + ".");

    private static string NameOf(string field) => field switch
    {
        "proposalsPerPartition" => "--proposals",
        "labels.by" => "--trainer or --images",
        "labels" => "--image-size or --classes",
        "labels.training" => "--images",
        "labels.training.batchSize" => "--batch",
        "labels.training.cellsPerStage" => "--cells",
        "labels.training.minutes" => "--train-minutes",
        _ => $"--{JsonNamingPolicy.KebabCaseLower.ConvertName(field.Split('.')[^1])}",
    };
}
