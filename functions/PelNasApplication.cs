using Microsoft.Extensions.Hosting;
using PelNas.Functions.Http;
using PelNas.Functions.Telemetry;

namespace PelNas.Functions;

/// <summary>Makes a Functions app this one, on any host.</summary>
public static class PelNasApplication
{
    /// <summary>
    /// Adds the engine (<see cref="PelNasServices.AddPelNas"/>) and what runs around the functions. Comes after
    /// <c>ConfigureFunctionsWebApplication</c>, by which the middleware here finds the request.
    /// </summary>
    public static IFunctionsWorkerApplicationBuilder UsePelNas(this IFunctionsWorkerApplicationBuilder builder)
    {
        builder.Services.AddPelNas();
        builder.UseWhen<FaultAnswers>(FaultAnswers.Concern);
        builder.UseWhen<UnknownParameters>(FaultAnswers.Concern);
        builder.UseWhen<StepSpans>(StepSpans.Concern);
        return builder;
    }
}
