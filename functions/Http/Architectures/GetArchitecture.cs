using PelNas.Shared.SearchSpaces;

namespace PelNas.Functions.Http.Architectures;

/// <summary><c>GET /architectures/{architecture}</c>: a cell by its index or notation, with the others that compute its function.</summary>
public sealed class GetArchitecture(BenchmarkCatalog catalog)
{
    [Function(nameof(GetArchitecture))]
    public async Task<IResult> RunAsync(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "architectures/{architecture}")] HttpRequest request,
        string architecture,
        CancellationToken cancellationToken)
        => CellText.TryRead(catalog.Tables.Space, architecture, out int index, out string? error)
            ? JsonResults.Of(new CellLookup(catalog.Tables, await catalog.ListUploadedAsync(cancellationToken)).Find(index))
            : throw Problems.Invalid("architecture", error!);
}
