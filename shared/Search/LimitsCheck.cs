using PelNas.Shared.Partitioning;
using PelNas.Shared.Records;
using PelNas.Shared.SearchSpaces;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Search;

/// <summary>
/// Refuses limits that no architecture with a live path keeps, and a cut that the device's latencies do not allow: the search would end
/// empty.
/// </summary>
internal static class LimitsCheck
{
    /// <summary>Adds what is wrong to a list.</summary>
    public static void Check(SearchRequest request, BenchmarkContext context, List<FieldError> errors)
    {
        if (request.MaxParamsM is not null && context.Space.WhyNoParams() is { } whyNoParams)
        {
            errors.Add("maxParamsM", whyNoParams);
        }
        else if (request.HasLimits() && WhyNone(request, context) is { } error)
        {
            errors.Add(error);
        }

        if (PartitionSchemes.WhyNot(request.PartitionScheme, request.Partitions, context.Space, context.LatencyMs) is { } reason)
        {
            errors.Add("partitions", $"{request.Partitions} is not allowed: {reason}");
        }
    }

    private static FieldError? WhyNone(SearchRequest request, BenchmarkContext context)
    {
        int classes = context.Shape.Classes;
        int[] live = [.. Enumerable.Range(0, context.Space.Size)
            .Where(index => context.Space.IsConnected(index) && context.IsFeasible(index))];
        int[] small = request.MaxParamsM is { } maxParamsM
            ? [.. live.Where(index => context.Space.ParamsM(index, classes) <= maxParamsM)]
            : live;
        if (small.Length == 0)
        {
            double leastParamsM = live.Min(index => context.Space.ParamsM(index, classes));
            return new("maxParamsM",
                $"{request.MaxParamsM} million is under the smallest architecture's {RoundUp(leastParamsM)} million; give that or more");
        }

        if (request.MaxEnergyMj is { } maxEnergyMj)
        {
            double leastMj = small.Min(index => context.EnergyMj[index]);
            small = [.. small.Where(index => context.EnergyMj[index] <= maxEnergyMj)];
            if (small.Length == 0)
            {
                return new("maxEnergyMj",
                    $"{maxEnergyMj} mJ is under the {RoundUp(leastMj)} mJ of the least demanding architecture; give that or more");
            }
        }

        double fastestMs = small.Min(index => context.LatencyMs[index]);
        string among = request is { MaxParamsM: null, MaxEnergyMj: null } ? "" : " within the other limits";
        return fastestMs > request.MaxLatencyMs
            ? new("maxLatencyMs",
                $"{request.MaxLatencyMs} ms is under the {RoundUp(fastestMs)} ms of the fastest architecture{among}; give that or more")
            : null;
    }

    /// <summary>To four digits, upwards, so that what a message names is enough.</summary>
    private static string RoundUp(double value) => (Math.Ceiling(value * 1e4) / 1e4).ToString("0.####", CultureInfo.InvariantCulture);
}
