using Microsoft.Net.Http.Headers;
using PelNas.Shared.Reports.Page;

namespace PelNas.Functions.Http.Page;

/// <summary>
/// <c>GET /page/{file}</c>: the files of the page to watch, compare and decide on. They are the same for everybody and hold no data, so
/// they need no key; the page asks for one and reads the API with it.
/// </summary>
public sealed class GetPage
{
    private const string Index = "index.html";
    private const string Gzip = "gzip";

    // No script or style but the files here, and nobody else's page around this one.
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; connect-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";

    [Function(nameof(GetPage))]
    public IResult Run([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "page/{file?}")] HttpRequest request, string? file)
    {
        if (string.IsNullOrEmpty(file))
        {
            return Results.Redirect($"{request.PathBase}{request.Path.Value!.TrimEnd('/')}/{Index}");
        }

        if (PageFile.Find(file) is not { } found)
        {
            throw Problems.NotFound($"The page has no such file. It is at {Index}.");
        }

        IHeaderDictionary headers = request.HttpContext.Response.Headers;
        headers.ContentSecurityPolicy = ContentSecurityPolicy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-cache";
        headers.Vary = HeaderNames.AcceptEncoding;
        bool takesGzip = request.GetTypedHeaders().AcceptEncoding.Any(
            encoding => encoding.Value == Gzip && encoding.Quality is null or > 0);
        if (takesGzip)
        {
            headers.ContentEncoding = Gzip;
        }

        // One tag for each encoding, as strong tags are to be; a 304 follows from If-None-Match.
        EntityTagHeaderValue tag = new($"\"{found.Hash}{(takesGzip ? "-gzip" : "")}\"");
        return Results.Bytes(takesGzip ? found.Compressed : found.Content, found.ContentType, entityTag: tag);
    }
}
