using System.Net.Mime;
using PelNas.Functions.Tests.Http.Spaces;

namespace PelNas.Functions.Tests.Support;

/// <summary>
/// A request to every route of the app, each of which comes as far as the store. A test that goes through all routes goes through these and
/// checks that <c>docs/openapi.yaml</c>, which has every route, has no other but the page's files, which need no store.
/// </summary>
internal static class RouteSamples
{
    private const string Claim = """{ "client": "gpu-1" }""";
    private const string Label = """{ "accuracy": 91.4 }""";
    private const string Measurement = """{ "latencyMs": 4.2 }""";
    private const string Sweep = """{ "contexts": ["cifar10:fpga"], "generations": 2, "maxLabels": 12, "window": 1 }""";

    /// <summary>The requests by operation, in an order in which each finds what it asks for: the deletion is the last.</summary>
    public static IReadOnlyList<RouteSample> All { get; } =
    [
        new("POST searches", "searches", () => SmallSearches.Body(), "sample"),
        new("GET searches", "searches?status=completed"),
        new("GET searches/{id}", "searches/{id}"),
        new("GET searches/{id}/front", "searches/{id}/front"),
        new("GET searches/{id}/front", "searches/{id}/front?format=csv&generation=1"),
        new("GET searches/{id}/front", "searches/{id}/front?generation=99"),
        new("GET searches/{id}/result", "searches/{id}/result?format=html"),
        new("GET searches/{id}/report", "searches/{id}/report"),
        new("GET searches/{id}/labels", "searches/{id}/labels?status=open"),
        new("POST searches/{id}/labels/claims", "searches/{id}/labels/claims", () => HttpAnswers.Json(Claim)),
        new("DELETE searches/{id}/labels/{index}", "searches/{id}/labels/219"),
        new("PUT searches/{id}/labels/{index}", "searches/{id}/labels/219", () => HttpAnswers.Json(Label)),
        new("GET searches/{id}/measurements", "searches/{id}/measurements?status=open"),
        new("PUT searches/{id}/measurements/{index}", "searches/{id}/measurements/219", () => HttpAnswers.Json(Measurement)),
        new("GET searches/{id}/candidates", "searches/{id}/candidates?generation=1&top=5"),
        new("GET searches/{id}/partitions/{partition}/heuristics", "searches/{id}/partitions/0/heuristics?generation=1"),
        new("POST searches/{id}/suspend", "searches/{id}/suspend"),
        new("POST searches/{id}/resume", "searches/{id}/resume"),
        new("PUT devices/{name}", "devices/board?dataset=cifar10", Latencies),
        new("GET devices", "devices"),
        new("GET devices/{name}", "devices/board?dataset=cifar10"),
        new("GET devices/{name}/suggestions", "devices/new-board/suggestions"),
        new("DELETE devices/{name}", "devices/board"),
        new("PUT spaces/{name}", "spaces/grid", () => HttpAnswers.Json(PutSpaceTests.Definition("grid", 1))),
        new("GET spaces", "spaces"),
        new("GET architectures/{architecture}", "architectures/219"),
        new("POST sweeps", "sweeps", () => HttpAnswers.Json(Sweep), "sample"),
        new("GET sweeps", "sweeps"),
        new("GET sweeps/{id}", "sweeps/sweep-20260301"),
        new("POST sweeps/{id}/terminate", "sweeps/sweep-20260301/terminate"),
        new("DELETE searches/{id}", "searches/{id}"),
    ];

    /// <summary>Sends a request.</summary>
    /// <param name="app">The app.</param>
    /// <param name="sample">The request.</param>
    /// <param name="id">The search that it asks for.</param>
    public static async Task<HttpResponseMessage> SendAsync(this SearchApp app, RouteSample sample, string id)
    {
        using HttpRequestMessage request = new(
            new HttpMethod(sample.Operation.Split(' ')[0]), sample.Address.Replace("{id}", id, StringComparison.Ordinal))
        { Content = sample.Body?.Invoke() };
        if (sample.IdempotencyKey is not null)
        {
            request.Headers.Add("Idempotency-Key", sample.IdempotencyKey);
        }

        return await app.Client.SendAsync(request, Cancellation);
    }

    private static StringContent Latencies()
    {
        StringBuilder csv = new("index,latency_ms\n");
        for (int index = 0; index < 15_625; index++)
        {
            csv.Append(CultureInfo.InvariantCulture, $"{index},{1 + (index % 7)}\n");
        }

        return new StringContent(csv.ToString(), Encoding.UTF8, MediaTypeNames.Text.Csv);
    }
}

/// <summary>A request to a route.</summary>
/// <param name="Operation">Method and route, as <c>docs/openapi.yaml</c> has them.</param>
/// <param name="Address">Address, with <c>{id}</c> for a search.</param>
/// <param name="Body">Makes the body; null for none.</param>
/// <param name="IdempotencyKey">Key, or null.</param>
internal sealed record RouteSample(string Operation, string Address, Func<HttpContent>? Body = null, string? IdempotencyKey = null)
{
    public override string ToString() => $"{Operation.Split(' ')[0]} {Address}";
}
