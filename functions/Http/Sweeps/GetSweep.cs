using System.Net.Mime;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using PelNas.Shared.Common;
using PelNas.Shared.Storage;

namespace PelNas.Functions.Http.Sweeps;

/// <summary><c>GET /sweeps/{id}</c>: one sweep, how far it is and what came of it.</summary>
public sealed class GetSweep(SweepRepository sweeps)
{
    /// <summary>The HTTP function.</summary>
    [Function(nameof(GetSweep))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "sweeps/{id}")] HttpRequest request,
        string id,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
        => await SweepView.FindAsync(sweeps, client, id, cancellationToken) is { } sweep
            ? ConditionalResults.Of(request, PelNasJson.Serialize(sweep), MediaTypeNames.Application.Json)
            : Problems.NotFound($"There is no sweep '{UntrustedText.Cut(id, 60)}'. GET /sweeps lists those there are.");
}
