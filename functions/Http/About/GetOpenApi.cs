using System.Text;

namespace PelNas.Functions.Http.About;

/// <summary><c>GET /openapi.yaml</c>: the description of this API. Anonymous, and without data.</summary>
public sealed class GetOpenApi
{
    private const string ContentType = "application/yaml";
    private static readonly Lazy<string> Document = new(Read);

    [Function(nameof(GetOpenApi))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.yaml")] HttpRequest request)
        => ConditionalResults.Of(request, Document.Value, ContentType);

    private static string Read()
    {
        using Stream stream = typeof(GetOpenApi).Assembly.GetManifestResourceStream("openapi.yaml")
            ?? throw new InvalidOperationException("The assembly was built without its resource openapi.yaml.");
        using MemoryStream bytes = new();
        stream.CopyTo(bytes);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }
}
