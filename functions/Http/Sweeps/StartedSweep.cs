using Microsoft.Azure.Functions.Worker;

namespace PelNas.Functions.Http.Sweeps;

/// <summary>The answer to <c>POST /sweeps</c>.</summary>
/// <param name="Id">Sweep id.</param>
/// <param name="StatusUrl">Where the sweep can be watched, relative to this host.</param>
/// <param name="Management">
/// The addresses of the orchestration in the Durable Functions management API. All hold the same key (<c>code</c>), that of the whole API: whoever
/// has one can query, terminate and purge every orchestration of the app, past the store.
/// </param>
public sealed record StartedSweep(string Id, string StatusUrl, HttpManagementPayload Management);
