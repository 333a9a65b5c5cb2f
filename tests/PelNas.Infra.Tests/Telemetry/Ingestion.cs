using System.IO.Compression;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace PelNas.Infra.Tests.Telemetry;

/// <summary>
/// The ingestion endpoint of Application Insights on this machine: takes what the Azure Monitor exporter sends.
/// </summary>
internal sealed class Ingestion : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly ConcurrentQueue<JsonObject> _items = new();

    private Ingestion()
    {
        WebApplicationBuilder builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.MapPost("/v2.1/track", TakeAsync);
    }

    /// <summary>Its address.</summary>
    public Uri Address => new(_app.Urls.Single() + "/");

    /// <summary>All items sent, in the exporter's format.</summary>
    public IReadOnlyCollection<JsonObject> Items => _items;

    public static async Task<Ingestion> StartAsync()
    {
        Ingestion ingestion = new();
        await ingestion._app.StartAsync();
        return ingestion;
    }

    public ValueTask DisposeAsync() => _app.DisposeAsync();

    private async Task<IResult> TakeAsync(HttpRequest request)
    {
        await using Stream body = request.Headers.ContentEncoding == "gzip"
            ? new GZipStream(request.Body, CompressionMode.Decompress)
            : request.Body;
        using StreamReader reader = new(body);
        int count = 0;
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Length > 0)
            {
                _items.Enqueue(JsonNode.Parse(line)!.AsObject());
                count++;
            }
        }

        return Results.Json(new { itemsReceived = count, itemsAccepted = count, errors = Array.Empty<object>() });
    }
}
