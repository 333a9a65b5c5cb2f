namespace PelNas.Functions.Http.Spaces;

/// <summary><c>GET /spaces</c>: the spaces other than NAS-Bench-201, those that ship and then those of users.</summary>
public sealed class ListSpaces(BenchmarkCatalog catalog)
{
    [Function(nameof(ListSpaces))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "spaces")] HttpRequest request, CancellationToken cancellationToken)
        => JsonResults.Of(new SpaceList([.. (await catalog.ListSpacesAsync(cancellationToken)).Select(StoredSpace.Of)]));
}

/// <summary>The answer to <c>GET /spaces</c>.</summary>
public sealed record SpaceList(IReadOnlyList<StoredSpace> Spaces);
