using PelNas.Functions.Schedules;
using PelNas.Shared.Sweeps;

namespace PelNas.Functions.Http.Sweeps;

/// <summary><c>POST /sweeps</c>: starts a sweep now, unless one is running.</summary>
public sealed class StartSweep(SweepRequestValidator validator, SweepStarter starter, IdempotencyKeys keys)
{
    private const string Scope = "sweeps";
    private const int MaxBodyBytes = 64 * 1024;

    [Function(nameof(StartSweep))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "sweeps")] HttpRequest request,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken)
    {
        string? key = IdempotencyKeys.Read(request);

        SweepRequest sweep = await JsonBody.ReadAsync<SweepRequest>(request, MaxBodyBytes, cancellationToken);

        Problems.Check(await validator.CheckAsync(sweep, cancellationToken));
        string newId = starter.NewId();
        string id = key is null
            ? newId
            : await keys.AddAsync(Scope, key, newId, sweep, cancellationToken) ?? throw Problems.KeyReused("sweep");
        if (await starter.StartNowAsync(client, id, sweep, isRepeatable: key is not null, cancellationToken) is { } active)
        {
            throw Problems.Conflict(
                $"The sweep {active} has not ended, and there is one at a time. Wait for its end, or end it: POST "
                    + $"/sweeps/{active}/terminate.");
        }

        string address = $"{request.PathBase}{request.Path.Value!.TrimEnd('/')}/{id}";
        request.HttpContext.Response.Headers.Location = address;
        return JsonResults.Of(new StartedSweep(id, address), StatusCodes.Status202Accepted);
    }
}

/// <summary>The answer to <c>POST /sweeps</c>.</summary>
/// <param name="StatusUrl">Where the sweep can be watched, relative to this host.</param>
public sealed record StartedSweep(string Id, string StatusUrl);
