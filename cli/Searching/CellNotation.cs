using System.Text.RegularExpressions;

namespace PelNas.Cli.Searching;

/// <summary>
/// NAS-Bench-201 cells short enough for a line of 80 columns: <c>skip|none 3x3|1x1 none pool</c>, the edges into each node in turn.
/// </summary>
internal static partial class CellNotation
{
    /// <summary>Which operation stands where.</summary>
    public const string Legend = "operations on 0->1|0->2 1->2|0->3 1->3 2->3";

    /// <summary>Shortens the published notation. What is not in it stays as it is.</summary>
    public static string Shorten(string architecture)
        => Edge().Replace(architecture, edge => Short(edge.Groups["operation"].Value) + " ")
            .Replace(" +", "|", StringComparison.Ordinal)
            .Trim();

    private static string Short(string operation) => operation switch
    {
        "skip_connect" => "skip",
        "nor_conv_1x1" => "1x1",
        "nor_conv_3x3" => "3x3",
        "avg_pool_3x3" => "pool",
        _ => operation,
    };

    [GeneratedRegex(@"\|?(?<operation>\w+)~\d\|")]
    private static partial Regex Edge();
}
