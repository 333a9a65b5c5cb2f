using System.Diagnostics;
using PelNas.Shared.Telemetry;

namespace PelNas.Functions.Telemetry;

/// <summary>
/// A span and a duration for each run of an activity. Orchestrators have none here: they run again at each replay, and the Durable
/// engine draws their spans itself, by the source <c>DurableTask.Core</c>: in Azure the host's extension (host.json, <c>tracing</c>), locally
/// <c>local/Durable/Tracing</c>.
/// </summary>
public sealed class StepTelemetry(TimeProvider time)
{
    private static readonly ActivitySource Source = new(TelemetryNames.Source);

    /// <summary>Runs a step within its span.</summary>
    /// <param name="step">Name of the activity function.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="run">The step.</param>
    /// <param name="describe">Writes the result on the span, which is null when nobody listens, and counts it.</param>
    /// <typeparam name="T">Type of the result.</typeparam>
    public async Task<T> RunAsync<T>(string step, StepPlace place, Func<Task<T>> run, Action<Activity?, T>? describe = null)
    {
        ArgumentNullException.ThrowIfNull(place);
        ArgumentNullException.ThrowIfNull(run);
        using Activity? span = Source.StartActivity(step, ActivityKind.Internal, TraceIds.ParentOf(place.Id));
        if (span is not null)
        {
            place.Describe(span);
            span.SetTag(TelemetryNames.Step, step);
        }

        TagList tags = new() { { TelemetryNames.Step, step } };
        long start = time.GetTimestamp();
        try
        {
            T result = await run();
            describe?.Invoke(span, result);
            return result;
        }
        catch (Exception exception)
        {
            tags.Add(TelemetryNames.ErrorType, exception.GetType().FullName);
            span?.AddException(exception);
            span?.SetTag(TelemetryNames.ErrorType, exception.GetType().FullName);
            span?.SetStatus(ActivityStatusCode.Error, exception.Message);
            throw;
        }
        finally
        {
            SearchMetrics.StepDuration.Record(time.GetElapsedTime(start).TotalSeconds, tags);
        }
    }

    /// <summary>Runs a step without a result within its span.</summary>
    public Task RunAsync(string step, StepPlace place, Func<Task> run)
    {
        ArgumentNullException.ThrowIfNull(run);
        return RunAsync(step, place, async () =>
        {
            await run();
            return true;
        });
    }
}
