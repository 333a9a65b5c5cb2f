using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using PelNas.Local.Durable.History;

namespace PelNas.Local.Worker.Durable;

/// <summary>Answers <c>GET .../instances</c>: the instances a query string asks for, one page at a time.</summary>
internal static class InstanceListing
{
    private const string ContinuationToken = "x-ms-continuation-token";
    private const int DefaultPageSize = 100;

    /// <summary>The page that the request asks for; how to go on is in the header <c>x-ms-continuation-token</c>, empty after the last page.</summary>
    /// <exception cref="BadHttpRequestException">A query parameter or the token cannot be read.</exception>
    public static async Task<IResult> GetAsync(DurableTaskClient client, HttpRequest request)
    {
        var context = request.HttpContext;
        var query = request.Query;
        var filter = new OrchestrationQuery(
            CreatedFrom: Read(query, "createdTimeFrom", ParseTime),
            CreatedTo: Read(query, "createdTimeTo", ParseTime),
            Statuses: ReadStatuses(query),
            InstanceIdPrefix: query["instanceIdPrefix"].FirstOrDefault(),
            PageSize: Read(query, "top", ParsePageSize) ?? DefaultPageSize,
            FetchInputsAndOutputs: true);
        var showInput = Read(query, "showInput", ParseBoolean) ?? true;
        var token = request.Headers[ContinuationToken].FirstOrDefault();
        var page = await ReadPageAsync(client, filter, string.IsNullOrEmpty(token) ? null : token, context.RequestAborted);
        context.Response.Headers[ContinuationToken] = page?.ContinuationToken ?? string.Empty;
        return Results.Json((page?.Values ?? []).Select(metadata => InstanceStatus.From(metadata, showInput)));
    }

    private static async Task<Page<OrchestrationMetadata>?> ReadPageAsync(
        DurableTaskClient client, OrchestrationQuery filter, string? token, CancellationToken cancellation)
    {
        try
        {
            await foreach (var page in client.GetAllInstancesAsync(filter).AsPages(token).WithCancellation(cancellation))
            {
                return page;
            }

            return null;
        }
        catch (ArgumentException exception) when (exception.ParamName == "token")
        {
            throw new BadHttpRequestException($"The header '{ContinuationToken}' cannot be '{token}'; send that of the last page unchanged, or none for the first page.");
        }
    }

    private static T? Read<T>(IQueryCollection query, string name, Func<string, T?> parse)
        where T : struct =>
        query[name].FirstOrDefault() is { Length: > 0 } text ? parse(text) ?? throw Unreadable(name, text) : null;

    private static List<OrchestrationRuntimeStatus>? ReadStatuses(IQueryCollection query)
    {
        const string Name = "runtimeStatus";
        var statuses = query[Name].SelectMany(value => (value ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
            .Select(text => RuntimeStatusExtensions.TryRead(text, out var status) ? status : throw Unreadable(Name, text))
            .ToList();
        return statuses.Count == 0 ? null : statuses;
    }

    private static DateTimeOffset? ParseTime(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    private static int? ParsePageSize(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var size) && size > 0 ? size : null;

    private static bool? ParseBoolean(string text) => bool.TryParse(text, out var value) ? value : null;

    private static BadHttpRequestException Unreadable(string name, string text) => new($"The query parameter '{name}' cannot be '{text}'.");
}
