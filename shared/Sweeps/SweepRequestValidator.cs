using PelNas.Shared.Records;
using PelNas.Shared.Search;
using PelNas.Shared.Tables;

namespace PelNas.Shared.Sweeps;

/// <summary>Checks a request field by field, for HTTP, the nightly schedule's settings and the plan alike.</summary>
public sealed class SweepRequestValidator(SearchRequestValidator searches)
{
    /// <summary>Most searches in a sweep: its orchestration keeps one history for all of them.</summary>
    public const int MaxSearches = 64;

    /// <summary>Most searches at a time.</summary>
    public const int MaxWindow = 8;

    /// <summary>All that is wrong with a request; empty when it can run.</summary>
    public async Task<IReadOnlyList<FieldError>> CheckAsync(SweepRequest request, CancellationToken cancellationToken)
    {
        List<FieldError> errors = [];
        CheckContexts(request, errors);
        bool hasSeeds = request.Seeds.Count > 0 && request.Seeds.All(seed => seed >= 0);
        if (!hasSeeds)
        {
            errors.Add("seeds", "not allowed; give at least one whole number of 0 or more");
        }

        errors.CheckRange("window", request.Window, 1, MaxWindow);

        // With a seed that will do, so that the other fields are looked at also when the seeds are at fault.
        await CheckSearchesAsync(hasSeeds ? request : request with { Seeds = [0] }, errors, cancellationToken);
        return errors;
    }

    private static void CheckContexts(SweepRequest request, List<FieldError> errors)
    {
        if (request.Contexts.Count == 0)
        {
            errors.Add(
                "contexts",
                "none is given; give dataset:device pairs such as cifar10:fpga, "
                    + $"or one of the names {string.Join(", ", ContextGroups.Names)} alone");
        }

        if (request.Contexts is not [var name] || ContextGroups.Find(name.ToLowerInvariant()) is null)
        {
            errors.AddRange(request.Contexts.Where(context => context.Split(':').Length != 2).Select(context => new FieldError(
                "contexts",
                $"'{UntrustedText.Cut(context, 60)}' is not dataset:device, such as cifar10:fpga; "
                    + $"{string.Join(" and ", ContextGroups.Names)} stand alone")));
        }
    }

    /// <summary>What the searches themselves would refuse; the same fault of several is reported once.</summary>
    private async Task CheckSearchesAsync(SweepRequest request, List<FieldError> errors, CancellationToken cancellationToken)
    {
        IReadOnlyList<SweepSearch> planned = SweepPlan.Searches(request, DateTimeOffset.UnixEpoch);
        if (planned.Count > MaxSearches)
        {
            errors.Add("seeds", $"{planned.Count} searches are too many; ask for at most {MaxSearches} pairs of a context and a seed");
        }

        if (planned.Count is 0 or > MaxSearches)
        {
            // What does not hang on the context is seen on any one.
            planned = [.. SweepPlan.Searches(request with { Contexts = [ContextGroups.All] }, DateTimeOffset.UnixEpoch).Take(1)];
        }

        foreach (SweepSearch search in planned)
        {
            IReadOnlyList<FieldError> faults = await searches.CheckAsync(SweepPlan.RequestOf(request, search), cancellationToken);
            errors.AddRange(
                faults
                    .Select(fault => fault.Field is "dataset" or "device"
                        ? new("contexts", $"'{search.Dataset}:{search.Device}': {fault.Message}")
                        : fault).Except(errors));
            if (faults.Count == 0 && !RunIds.IsValid(search.RunId))
            {
                errors.Add(
                    "contexts",
                    $"the names of {search.Dataset}:{search.Device} make a run id that is too long; use a device with a shorter name");
            }
        }
    }
}
