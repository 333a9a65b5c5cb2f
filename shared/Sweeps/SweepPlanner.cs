using PelNas.Shared.Records;
using PelNas.Shared.Storage;

namespace PelNas.Shared.Sweeps;

/// <summary>The step <c>PlanSweep</c>: validates the request, writes the sweep's row and says which searches to run.</summary>
public sealed class SweepPlanner(SweepRepository sweeps, SweepRequestValidator validator)
{
    /// <summary>Runs the step.</summary>
    /// <param name="night">The night it belongs to; null when somebody started it.</param>
    /// <param name="isLate">Whether it makes up for a night that was missed.</param>
    /// <param name="startedAt">UTC start.</param>
    /// <exception cref="ArgumentException">The request is not valid; the message names each field.</exception>
    public async Task<IReadOnlyList<SweepSearch>> PlanAsync(
        string sweepId, SweepRequest request, DateOnly? night, bool isLate, DateTimeOffset startedAt, CancellationToken cancellationToken)
    {
        // A step that runs again, however late, keeps to what it planned first: a device may have been deleted since, or the sweep ended.
        if (await sweeps.GetAsync(sweepId, cancellationToken) is { SkippedBecause: null } before && before.StartedAt == startedAt)
        {
            return SweepPlan.Searches(before.Request, startedAt);
        }

        IReadOnlyList<FieldError> errors = await validator.CheckAsync(request, cancellationToken);
        if (errors.Count > 0)
        {
            throw new ArgumentException(FieldError.Describe(errors), nameof(request));
        }

        SweepRow planned = new() { SweepId = sweepId, Request = request, Night = night, IsLate = isLate, StartedAt = startedAt };
        await sweeps.ChangeAsync(
            sweepId, stored => stored is { FinishedAt: not null } && stored.StartedAt == startedAt ? stored : planned, cancellationToken);
        return SweepPlan.Searches(request, startedAt);
    }
}
