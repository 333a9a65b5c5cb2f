using System.Diagnostics;
using OpenTelemetry;

namespace PelNas.Functions.Telemetry;

/// <summary>
/// Writes the place of a step, its run or sweep, partition and generation, on every span within it: the answers of an LLM and the requests
/// over HTTP, whose sources know nothing of searches.
/// </summary>
internal sealed class PlaceProcessor : BaseProcessor<Activity>
{
    private static readonly string[] Place =
    [
        TelemetryNames.RunId,
        TelemetryNames.SweepId,
        TelemetryNames.Partition,
        TelemetryNames.Generation,
    ];

    public override void OnStart(Activity data)
    {
        // A parent in another process has written its own; one in this process has been here before.
        if (data.Parent is not { } parent)
        {
            return;
        }

        foreach (string name in Place)
        {
            if (parent.GetTagItem(name) is { } value)
            {
                data.SetTag(name, value);
            }
        }
    }
}
