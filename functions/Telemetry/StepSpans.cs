using System.Diagnostics;
using Microsoft.Azure.Functions.Worker.Context.Features;
using Microsoft.Azure.Functions.Worker.Middleware;

namespace PelNas.Functions.Telemetry;

/// <summary>
/// A span and a duration for each run of an activity. Orchestrators have none here: they run again at each replay, and the Durable
/// engine draws their spans itself, by the source <c>DurableTask.Core</c>.
/// Of a host's context it reads <see cref="FunctionDefinition.Name"/>, the types of <see cref="FunctionDefinition.InputBindings"/>, and
/// the values that <see cref="IFunctionInputBindingFeature"/> binds, which the function gets after it, so that each call has to give the
/// same ones.
/// </summary>
internal sealed class StepSpans(TimeProvider time) : IFunctionsWorkerMiddleware
{
    private static readonly ActivitySource Source = new(TelemetryNames.Source);

    /// <summary>Whether a function is an activity.</summary>
    public static bool Concern(FunctionContext context)
        => context.FunctionDefinition.InputBindings.Values.Any(binding => binding.Type == "activityTrigger");

    public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
    {
        string step = context.FunctionDefinition.Name;
        FunctionInputBindingResult bound = await context.Features.Get<IFunctionInputBindingFeature>()!.BindFunctionInputAsync(context);
        StepPlace place = bound.Values.OfType<IStepInput>().Single().Place;
        using Activity? span = Source.StartActivity(step);
        if (span is not null)
        {
            place.Describe(span);
            span.SetTag(TelemetryNames.Step, step);
        }

        TagList tags = new() { { TelemetryNames.Step, step } };
        long start = time.GetTimestamp();
        try
        {
            await next(context);
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
}
