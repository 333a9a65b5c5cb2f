using PelNas.Shared.Benchmarks;
using PelNas.Shared.Runs;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Sweeps;

/// <summary>Checks a request field by field, for HTTP, the nightly schedule's settings and the plan alike.</summary>
public sealed class SweepRequestValidator(BenchmarkCatalog catalog, SearchRequestValidator searches)
{
    /// <summary>Most searches in a sweep: its orchestration keeps one history for all of them.</summary>
    public const int MaxSearches = 64;

    /// <summary>Most searches at a time.</summary>
    public const int MaxWindow = 8;

    /// <summary>All that is wrong with a request; empty when it can run.</summary>
    public async Task<IReadOnlyList<FieldError>> CheckAsync(SweepRequest request, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        List<FieldError> errors = [];
        await CheckContextsAsync(request, errors, cancellationToken);
        if (request.Seeds.Count == 0 || request.Seeds.Any(seed => seed < 0))
        {
            errors.Add(new("seeds", "not allowed; give at least one whole number of 0 or more"));
        }

        if (request.Window is < 1 or > MaxWindow)
        {
            errors.Add(new("window", $"{request.Window} is not allowed; give a whole number from 1 to {MaxWindow}"));
        }

        if (errors.Count == 0)
        {
            await CheckSearchesAsync(request, errors, cancellationToken);
        }

        return errors;
    }

    private async Task CheckContextsAsync(SweepRequest request, List<FieldError> errors, CancellationToken cancellationToken)
    {
        if (request.Contexts.Count == 0)
        {
            errors.Add(new("contexts", "none is given; give dataset:device pairs such as cifar10:fpga, or the one entry all"));
        }

        if (request.Contexts is [SweepPlan.AllContexts])
        {
            return;
        }

        foreach (string context in request.Contexts)
        {
            if (context.Split(':') is not [var dataset, var device])
            {
                errors.Add(new("contexts", $"'{UntrustedText.Cut(context, 60)}' is not dataset:device, such as cifar10:fpga; the entry all stands alone"));
                continue;
            }

            try
            {
                await catalog.GetContextAsync(dataset, device, tableVersion: null, cancellationToken);
            }
            catch (UnknownContextException exception)
            {
                errors.Add(new("contexts", exception.Message));
            }
        }
    }

    /// <summary>What the searches themselves would refuse; the same fault of several is told once.</summary>
    private async Task CheckSearchesAsync(SweepRequest request, List<FieldError> errors, CancellationToken cancellationToken)
    {
        IReadOnlyList<SweepSearch> planned = SweepPlan.Searches(request, catalog.Tables, DateTimeOffset.UnixEpoch);
        if (planned.Count > MaxSearches)
        {
            errors.Add(new("seeds", $"{planned.Count} searches are too many; ask for at most {MaxSearches} pairs of a context and a seed"));
        }

        foreach (SweepSearch search in planned.Where(search => !RunIds.IsValid(search.RunId)))
        {
            errors.Add(new("contexts", $"the names of {search.Dataset}:{search.Device} do not fit into a run id; use a device name of fewer lower-case letters, digits and hyphens"));
        }

        List<FieldError> refused = [];
        foreach (SweepSearch search in planned)
        {
            refused.AddRange(await searches.CheckAsync(SweepPlan.RequestOf(request, search), cancellationToken));
        }

        errors.AddRange(refused.Distinct());
    }
}
