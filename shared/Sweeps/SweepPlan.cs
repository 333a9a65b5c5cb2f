using PelNas.Shared.Records;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Sweeps;

/// <summary>The searches that a request asks for.</summary>
public static class SweepPlan
{
    /// <summary>The contexts requested, each once, in the order asked; what is not <c>dataset:device</c> is left out.</summary>
    public static IReadOnlyList<(string Dataset, string Device)> Contexts(SweepRequest request)
        => request.Contexts is [var name] && ContextGroups.Find(name.ToLowerInvariant()) is { } group
            ? group
            : [.. request.Contexts.Select(context => context.ToLowerInvariant().Split(':')).Where(parts => parts.Length == 2)
                .Select(parts => (parts[0], parts[1])).Distinct()];

    /// <summary>The searches, context by context and seed by seed, with the ids they will run under.</summary>
    /// <param name="startedAt">Start of the sweep; part of the ids.</param>
    public static IReadOnlyList<SweepSearch> Searches(SweepRequest request, DateTimeOffset startedAt)
    {
        int[] seeds = [.. request.Seeds.Distinct()];
        return
        [
            .. from context in Contexts(request)
               from seed in seeds
               select new SweepSearch(
                   context.Dataset, context.Device, seed, RunIds.Create(startedAt, Suffix(context, seed)), Failure: null),
        ];

        string Suffix((string Dataset, string Device) context, int seed)
        {
            string name = $"sweep-{context.Dataset}-{context.Device}";
            return seeds.Length == 1 ? name : $"{name}-s{seed}";
        }
    }

    /// <summary>What one of the searches is asked to do.</summary>
    public static SearchRequest RequestOf(SweepRequest request, SweepSearch search)
        => new SearchRequest
        {
            Dataset = search.Dataset,
            Device = search.Device,
            Seed = search.Seed,
            MaxLabels = request.MaxLabels,
            LabelsFrom = request.LabelsFrom,
            Generations = request.Generations,
        };
}
